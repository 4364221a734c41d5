#!/usr/bin/env bash
# How much of what wrk gets out of the server does the library get, with small pages and no latency? The server keeps no log. Both share the
# processor with the server, so that the processor time of each side shows where the difference is.
#   experiments/small-downloads.sh [ROUNDS]      9 rounds take about a minute; needs wrk
. "$(dirname "$0")/common.sh"

command -v wrk >/dev/null || { echo "wrk is not installed." >&2; exit 1; }
dotnet build -c Release -v quiet --nologo "$checkout/mock-server" >&2
{
  printf '# Small downloads\n\n'
  dotnet run -c Release "$checkout/experiments/small-downloads.cs" -- \
    "$checkout/mock-server/bin/Release/net10.0/Downloader.MockServer.dll" "${1:-9}"
  echo "- $(wrk --version 2>&1 | head -1 | cut -d' ' -f1-2)"
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} | keep small-downloads
