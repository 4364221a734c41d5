#!/usr/bin/env bash
# How often does the gate find a slowdown? This checkout against a copy of it whose client is slower, in 40 rounds that alternate; from them
# comparisons of 10 rounds are drawn 10,000 times. compare takes another checkout as its base only, so the two runs change places before
# the drawing. 10 % slower with a gate of 10 %: wanted at least 95 %; 5 % slower with a gate of 5 %: wanted at least 60 %.
#   experiments/slowdowns.sh [ROUNDS] [ROUNDS OF EACH COMPARISON] [PERCENT]
. "$(dirname "$0")/common.sh"

{
  printf '# Slowdowns\n\nThis checkout against a copy of it whose client is slower in every strategy.\n\n'
  for percent in ${3:-10 5}; do
    copy "$work/slower-$percent"
    slow_down "$work/slower-$percent" "0.$(printf %02d "$percent")"
    interleave "$work/slower-$percent" "${1:-40}" "$work/bank-$percent" >&2
    slower=$work/bank-$percent/compare/base/results/report.json
    printf '## %s %% slower\n\n' "$percent"
    benchmarks gate-trial "$work/bank-$percent/compare/candidate/results/report.json" "$slower" --gate "$percent%" --rounds "${2:-10}"
  done
  facts "$slower"
} | keep slowdowns
