#!/usr/bin/env bash
# Calibrates servers that are not of this project, and checks each prediction with real downloads: nginx with limit_req and limit_conn,
# python3 -m http.server, and a Kestrel app behind a semaphore. What limits each of them is known from its configuration. Some of them are
# learnt again without a request of the calibration: from what a browser writes of its requests (HAR), and from nginx's log of these.
#   experiments/other-servers.sh [DOWNLOADS]     takes about five minutes; needs nginx, python3, jq and Chromium
. "$(dirname "$0")/common.sh"

downloads=${1:-200}
servers=()
stop() { for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done; }
trap 'stop; rm -rf "$work"' EXIT

# nginx's workers run as another user.
chmod 755 "$work"
mkdir -p "$work/pages" "$work/nginx"
head -c 2000 /dev/zero | tr '\0' x >"$work/pages/items"
# Of requests that take less than a millisecond the client's own time is not known: see docs/your-server.md.
head -c 4000000 /dev/zero | tr '\0' x >"$work/pages/large"
cat >"$work/nginx.conf" <<CONF
daemon off;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path $work/nginx/body; proxy_temp_path $work/nginx/proxy; fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi; scgi_temp_path $work/nginx/scgi;
  keepalive_requests 100000;
  limit_req_zone \$binary_remote_addr zone=requests:1m rate=40r/s;
  limit_conn_zone \$binary_remote_addr zone=connections:1m;
  server { listen 127.0.0.1:5091; root $work/pages; limit_req zone=requests burst=5 nodelay; limit_req_status 429; }
  server { listen 127.0.0.1:5092; root $work/pages; limit_req zone=requests burst=5 nodelay; }
  log_format times '\$remote_addr - \$remote_user [\$time_local] "\$request" \$status \$body_bytes_sent \$msec \$request_time';
  upstream four { server 127.0.0.1:5088; keepalive 64; }
  upstream backend { server 127.0.0.1:5089; keepalive 64; }
  proxy_http_version 1.1; proxy_set_header Connection "";
  server { listen 127.0.0.1:5093; limit_conn connections 8; location / { proxy_pass http://backend; } }
  server { listen 127.0.0.1:5094; location / { proxy_pass http://backend; } }
  # Four at once, or 40 a second: limits that the six connections of a browser meet.
  server { listen 127.0.0.1:5096; access_log $work/5096.log times; location / { proxy_pass http://four; } }
  server { listen 127.0.0.1:5097; access_log $work/5097.log times; limit_conn connections 4; location / { proxy_pass http://backend; } }
  server { listen 127.0.0.1:5098; access_log $work/5098.log times; root $work/pages; limit_req zone=requests burst=5 nodelay;
           limit_req_status 429; }
}
CONF

start() { "$@" >"$work/server.log" 2>&1 & servers+=($!); }
start nginx -c "$work/nginx.conf"
start python3 -m http.server --bind 127.0.0.1 --directory "$work/pages" 5095
for program in semaphore-server record-har; do dotnet build -c Release -v quiet --nologo "$checkout/experiments/$program.cs" >&2; done
kestrel() { start dotnet run -c Release --no-build "$checkout/experiments/semaphore-server.cs" -- --urls "http://127.0.0.1:$1" "${@:2}"; }
kestrel 5090 --places 8 --ms 50
kestrel 5089 --places 1000 --ms 50
kestrel 5088 --places 4 --ms 50
for port in $(seq 5088 5098); do
  for _ in $(seq 50); do if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; else sleep 0.2; fi; done
done

# A server that has just started compiles its code in its first requests.
for port in 5088 5089 5090; do seq 500 | xargs -P 8 -I{} curl -s -o /dev/null "http://127.0.0.1:$port/items"; done

# find FILE: what limits the server of a scenario file.
find_limit() {
  jq -r '.scenario as $s | .calibration | "\(.mechanism)" + (if $s.capacity then ", capacity \($s.capacity)" else "" end)
    + (if $s.queue then ", queue \($s.queue)" else "" end)
    + (if $s.rateLimitPerSecond then ", \($s.rateLimitPerSecond) a second" else "" end)
    + (if $s.rateBurst then ", \($s.rateBurst) at once" else "" end)' "$1"
}

# row NAME URL LIMIT: one row of the table.
row() {
  local file=$work/$RANDOM.json workers check
  learn "$2" --out "$file"
  workers=$(jq -r .calibration.recommendedWorkers "$file")
  check=$(benchmarks calibrate "$2" --check "$file" --downloads "$downloads" --workers "$workers" 2>&1 | tail -1)
  printf '| %s | %s | %s | %s | %s | %s |\n' \
    "$1" "$3" "$(find_limit "$file")" "$(jq -r .calibration.requests "$file")" "$workers" "$check"
}

learn() {
  benchmarks calibrate "$@" --downloads "$downloads" >"$work/calibrate.log" 2>&1 || { cat "$work/calibrate.log" >&2; return 1; }
}

# found FILE: the limit and the median service time.
found() { printf '%s; %.1f ms' "$(find_limit "$1")" "$(jq '.scenario.latencyQuantilesMs | .[length / 2 | floor]' "$1")"; }

# sources NAME PORT LIMIT PAUSE: one row of the table of three sources. The browser's requests are those that the log holds.
sources() {
  local url=http://127.0.0.1:$2/items at=$work/$2 format
  format=$(sed -n "s/^ *log_format times '\(.*\)';$/\1/p" "$work/nginx.conf")
  learn "$url" --out "$at-live.json"
  : >"$at.log"
  dotnet run -c Release --no-build "$checkout/experiments/record-har.cs" -- "$url" "$at.har" "$4" >&2
  learn --har "$at.har" --out "$at-har.json"
  learn --log "$at.log" --log-format "$format" --out "$at-log.json"
  printf '| %s | %s | %s | %s | %s |\n' "$1" "$3" "$(found "$at-live.json")" "$(found "$at-har.json")" "$(found "$at-log.json")"
}

{
  printf '# Servers of others\n\nCalibrated, and then %s downloads with the recommended workers, against the prediction.\n\n' "$downloads"
  printf '| server | its limit | found | requests | workers | prediction and outcome |\n|---|---|---|--:|--:|---|\n'
  row 'Kestrel, SemaphoreSlim' http://127.0.0.1:5090/items '8 at once, others wait'
  row 'nginx, limit_req, 429' http://127.0.0.1:5091/items '40 requests a second, burst 5'
  row 'nginx, limit_req, 503' http://127.0.0.1:5092/items '40 requests a second, burst 5'
  row 'nginx before Kestrel, limit_conn' http://127.0.0.1:5093/items '8 at once, others are refused'
  row 'nginx before Kestrel' http://127.0.0.1:5094/items 'none'
  row 'python3 -m http.server, 4 MB' http://127.0.0.1:5095/large 'one core for all its threads'
  printf '\nThree sources: a calibration; a browser that fetches with one to six requests at a time, as its HAR file has it; and '
  printf 'the log that nginx wrote of the requests of that browser. Limit and median service time.\n\n'
  printf '| server | its limit | live | HAR | log |\n|---|---|---|---|---|\n'
  sources 'nginx before Kestrel, SemaphoreSlim' 5096 '4 at once, others wait' 0
  sources 'nginx before Kestrel, limit_conn' 5097 '4 at once, others are refused' 0
  sources 'nginx, limit_req, 429' 5098 '40 requests a second, burst 5' 40
  echo
  echo "- $(nginx -v 2>&1), $(python3 --version)"
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} | keep other-servers
