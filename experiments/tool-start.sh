#!/usr/bin/env bash
# How long does the tool take as a whole process, compiled ahead of time and by the JIT, beside curl and aria2c? The difference of the first
# two is what the JIT, the search for the runtime and its assemblies cost. aria2c writes files; the others drop the bodies.
#   experiments/tool-start.sh [ROUNDS]      15 rounds take about 3 minutes
. "$(dirname "$0")/common.sh"

rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
dotnet publish -c Release -r "$rid" -v quiet --nologo -o "$work/ahead" "$checkout/src/Downloader.Tool" >&2
dotnet build -c Release -v quiet --nologo "$checkout/src/Downloader.Tool" >&2
dotnet build -c Release -v quiet --nologo "$checkout/mock-server" >&2
{
  printf '# The start of the tool\n\n'
  dotnet run -c Release "$checkout/experiments/tool-start.cs" -- "$checkout/mock-server/bin/Release/net10.0/Downloader.MockServer.dll" \
    "${1:-15}" "$work/ahead/Downloader.Tool" "$checkout/src/Downloader.Tool/bin/Release/net10.0/Downloader.Tool.dll"
  for peer in curl aria2c; do
    if command -v "$peer" >/dev/null; then echo "- $("$peer" --version | head -1 | cut -c1-60)"; fi
  done
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} | keep tool-start
