#!/usr/bin/env bash
# Does the gate name the strategy that became slower, and no other? This checkout with WhenAll 10 % slower is the candidate, a copy of it as
# it is the base. Wanted: exit code 3, and only rows of WhenAll are named.
#   experiments/one-slow-strategy.sh [ROUNDS]
. "$(dirname "$0")/common.sh"

copy "$work/slower"
slow_down "$work/slower" 0.10 WhenAll
dotnet build -c Release -v quiet --nologo "$work/slower/benchmarks" >&2
code=0
dotnet exec "$work/slower/benchmarks/bin/Release/net10.0/Downloader.Benchmarks.dll" compare --base "$checkout" --rounds "${1:-10}" \
  --artifacts "$work/one" --gate 10% --filter "${cases[@]}" --workers 16,64 --latency 20 >&2 || code=$?
{
  printf '# One slow strategy\n\nWhenAll is 10 %% slower in the candidate, all else is as in the base. Exit code %s.\n\n' "$code"
  sed -n '/^- /,$p' "$work/one/results/compare.md" | sed '/^The rounds/,$d'
  facts "$work/one/compare/base/results/report.json"
} | keep one-slow-strategy
