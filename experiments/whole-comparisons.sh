#!/usr/bin/env bash
# Whole comparisons, one after another, as a user runs them: this checkout against itself, confirmation of alarms included. Wanted: no
# regression is found.
#   experiments/whole-comparisons.sh [COMPARISONS] [ROUNDS]
. "$(dirname "$0")/common.sh"

{
  printf '# Whole comparisons\n\nThis checkout against itself, with a gate of 10 %%.\n\n'
  printf '| comparison | exit code | alarms |\n|--:|--:|---|\n'
  for number in $(seq "${1:-5}"); do
    code=0
    interleave "$checkout" "${2:-10}" "$work/whole$number" --gate 10% >&2 || code=$?
    alarms=$(grep -E '^- (Regression|Alarm)' "$work/whole$number/results/compare.md" || true)
    printf '| %s | %s | %s |\n' "$number" "$code" "$(printf %s "${alarms:-none}" | tr '\n' ' ')"
  done
  echo
  facts "$work/whole$number/compare/base/results/report.json"
} | keep whole-comparisons
