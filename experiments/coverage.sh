#!/usr/bin/env bash
# Runs the main suite several times, one after another, and writes how far the intervals of each run hold in the others.
#   experiments/coverage.sh [RUNS]          10 runs take about 20 minutes; nothing else may run meanwhile
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-10}
result=experiments/results/coverage.md
mkdir -p experiments/results
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

dotnet build -c Release benchmarks >&2
for run in $(seq "$runs"); do
  echo "run $run of $runs" >&2
  dotnet run -c Release --no-build --project benchmarks -- --artifacts "$folder/$run" >"$folder/$run.log" || cat "$folder/$run.log" >&2
done

{
  echo "# Do the intervals of one run hold in the next?"
  echo
  echo "$runs runs of the main suite, one after another: \`experiments/coverage.sh $runs\`, $(date -u +%F)."
  echo "$(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)."
  echo
  dotnet run -c Release experiments/coverage.cs -- "$folder"/*/results/report.json
} >"$folder/coverage.md"
cp "$folder/coverage.md" "$result"
cat "$result"
