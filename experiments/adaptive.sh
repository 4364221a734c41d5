#!/usr/bin/env bash
# What docs/how-many-workers.md says of Adaptive: its makespans in simulated time and against the mock server, its processor time, and the
# worked example. A test compares the simulated ones with the page at each run of the tests.
#   experiments/adaptive.sh [ROUNDS]        7 rounds take about 4 minutes; nothing else may run meanwhile
. "$(dirname "$0")/common.sh"

dotnet build -c Release -v quiet --nologo "$checkout/tests" >&2
simulated=$work/simulated.md
# The test fails where the page has other figures. They are written all the same.
SIMULATED_FIGURES=$simulated dotnet exec "$checkout/tests/bin/Release/net10.0/Downloader.Tests.dll" \
  -class Downloader.Tests.Docs.SimulatedFiguresTests >&2 || true
{
  printf '# Adaptive\n\n## In simulated time\n\n'
  cat "$simulated"
  printf '\n'
  dotnet run -c Release "$checkout/experiments/adaptive.cs" -- \
    "$checkout/mock-server/bin/Release/net10.0/Downloader.MockServer.dll" "${1:-7}"
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} >"$work/adaptive.md"
keep adaptive <"$work/adaptive.md"
