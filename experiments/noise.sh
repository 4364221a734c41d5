#!/usr/bin/env bash
# Runs suites beside busy loops and shows what they conclude, beside what a quiet run concludes: a noisy run may leave things undecided,
# but must not contradict.
#   experiments/noise.sh [RUNS] [SUITE…]    5 runs of Strategies, Capacity, Session and Tail take about 40 minutes
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
shift || true
suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(Strategies Capacity Session Tail)
result=experiments/results/noise.md
mkdir -p experiments/results
folder=$(mktemp -d)
loops=()
stop() { [ ${#loops[@]} -eq 0 ] || kill "${loops[@]}" 2>/dev/null || true; loops=(); }
trap 'stop; rm -rf "$folder"' EXIT

measure() { # NAME SUITE
  echo "$1 $2" >&2
  dotnet run -c Release --no-build --project benchmarks -- --filter "*.$2.*" --artifacts "$folder/$2/$1" >"$folder/log" \
    || cat "$folder/log" >&2
}

dotnet build -c Release benchmarks >&2
for suite in "${suites[@]}"; do measure quiet "$suite"; done
for _ in $(seq "$(nproc)"); do
  (while :; do :; done) &
  loops+=($!)
done
for suite in "${suites[@]}"; do
  for run in $(seq "$runs"); do measure "noisy$run" "$suite"; done
done
stop

{
  echo "# Does a busy machine make a run wrong?"
  echo
  echo "Each suite once on a quiet machine, then $runs times beside $(nproc) busy loops:"
  echo "\`experiments/noise.sh $runs ${suites[*]}\`, $(date -u +%F)."
  echo "$(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)."
  echo
  for suite in "${suites[@]}"; do
    dotnet run -c Release experiments/noise.cs -- "$folder/$suite/quiet/results/report.json" "$folder/$suite"/noisy*/results/report.json \
      || contradicted=1
  done
} >"$folder/noise.md"
cp "$folder/noise.md" "$result"
cat "$result"
exit "${contradicted:-0}"
