#!/usr/bin/env bash
# How often does the gate raise an alarm when nothing has changed? This checkout against itself, in 40 rounds that alternate; from them
# comparisons of 10 rounds are drawn 10,000 times, base and candidate changing places at random. Wanted: at most 1 %.
#   experiments/false-alarms.sh [ROUNDS] [ROUNDS OF EACH COMPARISON]
. "$(dirname "$0")/common.sh"

interleave "$checkout" "${1:-40}" "$work/bank" >&2
base=$work/bank/compare/base/results/report.json candidate=$work/bank/compare/candidate/results/report.json
{
  printf '# False alarms\n\nThis checkout against itself.\n\n'
  for gate in 10% 5%; do benchmarks gate-trial "$base" "$candidate" --gate "$gate" --rounds "${2:-10}" --relabel; done
  printf 'Without changing places, so that a difference between first and second would show:\n\n'
  benchmarks gate-trial "$base" "$candidate" --gate 10% --rounds "${2:-10}"
  facts "$base"
} | keep false-alarms
