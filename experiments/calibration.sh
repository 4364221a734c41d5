#!/usr/bin/env bash
# How well does calibrate learn a server that is known? It calibrates the mock server under some sixty scenarios, each with one seed, and
# measures 500 downloads with another seed at half, once and twice the number of workers where the limit is.
#   experiments/calibration.sh [LANES]     3 scenarios at a time take about 20 minutes on 2 cores; nothing else may run meanwhile
. "$(dirname "$0")/common.sh"

{
  printf '# Calibration\n\n'
  dotnet run -c Release "$checkout/experiments/calibration.cs" -- "${1:-3}"
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} | keep calibration
