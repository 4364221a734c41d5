# What the experiments share; they read it with ".". It builds this checkout, and changes to an empty folder.
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=$checkout/experiments/results
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$results"

# Six rows of the main suite that neither starve nor lack a limit, at half of its latency: twice the rounds in the same time. Both worker
# counts are given, because the suite itself has most strategies with 64 workers only.
cases=('*.Strategies.WhenAll(workers: 16)' '*.Strategies.Channel(workers: 16)' '*.Strategies.Dataflow(workers: 16)'
  '*.Strategies.ParallelForEachAsync(workers: 16)' '*.Strategies.DedicatedThreads(workers: 16)' '*.Strategies.WhenAll(workers: 64)')

dotnet build -c Release -v quiet --nologo "$checkout/benchmarks" >&2
cd "$work"

benchmarks() { dotnet exec "$checkout/benchmarks/bin/Release/net10.0/Downloader.Benchmarks.dll" "$@"; }

# interleave BASE ROUNDS ARTIFACTS [OPTION…]: this checkout against another one. Gives compare's exit code.
interleave() {
  local base=$1 rounds=$2 artifacts=$3
  shift 3
  benchmarks compare --base "$base" --rounds "$rounds" --artifacts "$artifacts" --filter "${cases[@]}" --workers 16,64 --latency 20 "$@"
}

# copy FOLDER: this checkout, as it is in its working tree.
copy() {
  mkdir -p "$1"
  git -C "$checkout" ls-files -z | tar -C "$checkout" --null -T - -cf - | tar -C "$1" -xf -
}

# slow_down FOLDER SHARE [STRATEGY]: makes the client of a copy slower, in one strategy or in all. After its downloads a run goes on for
# that share of the time they took, so that the makespan grows by exactly this factor; the server has nothing to do with it.
slow_down() {
  local file=$1/src/Downloader/DownloadStrategy.cs condition=true
  [ $# -lt 3 ] || condition="Name == \"$3\""
  grep -q 'await ExecuteAsync(run).ConfigureAwait(false);' "$file" || { echo "$file is not as expected." >&2; return 1; }
  sed -i "s|^\( *\)await ExecuteAsync(run).ConfigureAwait(false);|\1var started = System.Diagnostics.Stopwatch.GetTimestamp();\n&\n\
\1var share = $condition ? $2 : 0;\n\
\1var end = started + (long)((System.Diagnostics.Stopwatch.GetTimestamp() - started) * (1 + share));\n\
\1while (System.Diagnostics.Stopwatch.GetTimestamp() < end) System.Threading.Thread.SpinWait(20);|" "$file"
}

# facts REPORT: machine and versions of a run, as lines of markdown.
facts() {
  sed -n '/"machine": {/,/}/p' "$1" | sed -n 's/^ *"\(.*\)": "\(.*\)",\{0,1\}$/- \1: \2/p'
  echo "- Measured: $(date -u +%Y-%m-%d)"
}

# keep NAME: writes standard input to the results, in lines of at most 140 columns except for tables, and shows it.
keep() {
  awk -v fold="fold -s -w 140 | sed 's/ *$//'" '/^\|/ { print; next } { print | fold; close(fold) }' | tee "$results/$1.md"
}
