#!/usr/bin/env bash
# Publishes the mock server and the benchmarks to crank/bin, from where downloader.yml has them sent to the agents.
#
#   crank/publish.sh [options of dotnet publish, as --runtime linux-arm64 --self-contained]
set -euo pipefail
cd "$(dirname "$0")"
rm -rf bin
dotnet publish ../mock-server -c Release -o bin/server "$@"
dotnet publish ../benchmarks -c Release -o bin/benchmarks "$@"
