#!/usr/bin/env bash
# Calibrates servers that are not of this project, and checks each prediction with real downloads: nginx with limit_req and limit_conn,
# python3 -m http.server, and a Kestrel app behind a semaphore. What limits each of them is known from its configuration.
#   experiments/other-servers.sh [DOWNLOADS]     takes about three minutes; needs nginx and python3
. "$(dirname "$0")/common.sh"

downloads=${1:-200}
servers=()
stop() { for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done; }
trap 'stop; rm -rf "$work"' EXIT

# nginx's workers run as another user.
chmod 755 "$work"
mkdir -p "$work/pages" "$work/nginx"
head -c 2000 /dev/zero | tr '\0' x >"$work/pages/items"
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
  upstream limited { server 127.0.0.1:5090; keepalive 64; }
  server { listen 127.0.0.1:5096; access_log $work/access.log times; location / { proxy_pass http://limited; } }
  upstream backend { server 127.0.0.1:5089; keepalive 64; }
  proxy_http_version 1.1; proxy_set_header Connection "";
  server { listen 127.0.0.1:5093; limit_conn connections 8; location / { proxy_pass http://backend; } }
  server { listen 127.0.0.1:5094; location / { proxy_pass http://backend; } }
}
CONF

start() { "$@" >"$work/server.log" 2>&1 & servers+=($!); }
start nginx -c "$work/nginx.conf"
start python3 -m http.server --bind 127.0.0.1 --directory "$work/pages" 5095
dotnet build -c Release -v quiet --nologo "$checkout/experiments/semaphore-server.cs" >&2
kestrel() { start dotnet run -c Release --no-build "$checkout/experiments/semaphore-server.cs" -- --urls "http://127.0.0.1:$1" "${@:2}"; }
kestrel 5090 --places 8 --ms 50
kestrel 5089 --places 1000 --ms 50
for port in 5089 5090 5091 5092 5093 5094 5095 5096; do
  for _ in $(seq 50); do if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; else sleep 0.2; fi; done
done

# A server that has just started compiles its code in its first requests.
for port in 5089 5090; do seq 500 | xargs -P 8 -I{} curl -s -o /dev/null "http://127.0.0.1:$port/items"; done

# find FILE: what limits the server of a scenario file.
find_limit() {
  jq -r '.scenario as $s | .calibration | "\(.mechanism)" + (if $s.capacity then ", capacity \($s.capacity)" else "" end)
    + (if $s.queue then ", queue \($s.queue)" else "" end)
    + (if $s.rateLimitPerSecond then ", \($s.rateLimitPerSecond) a second" else "" end)
    + (if $s.rateBurst then ", \($s.rateBurst) at once" else "" end)' "$1"
}

# row NAME URL LIMIT [FILE]: one row of the table.
row() {
  local file=${4:-$work/$RANDOM.json} workers check
  benchmarks calibrate "$2" --out "$file" --downloads "$downloads" >"$work/calibrate.log" 2>&1 \
    || { cat "$work/calibrate.log" >&2; return 1; }
  workers=$(jq -r .calibration.recommendedWorkers "$file")
  check=$(benchmarks calibrate "$2" --check "$file" --downloads "$downloads" --workers "$workers" 2>&1 | tee -a "$work/check.log" | tail -1)
  printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$3" "$(find_limit "$file")" "$(jq -r .calibration.requests "$file")" "$workers" "$check"
}

{
  printf '# Servers of others\n\nCalibrated, and then %s downloads with the recommended workers, against the prediction.\n\n' "$downloads"
  printf '| server | its limit | found | requests | workers | prediction and outcome |\n|---|---|---|--:|--:|---|\n'
  row 'Kestrel, SemaphoreSlim' http://127.0.0.1:5090/items '8 at once, others wait'
  row 'nginx, limit_req, 429' http://127.0.0.1:5091/items '40 requests a second, burst 5'
  row 'nginx, limit_req, 503' http://127.0.0.1:5092/items '40 requests a second, burst 5'
  row 'nginx before Kestrel, limit_conn' http://127.0.0.1:5093/items '8 at once, others are refused'
  row 'nginx before Kestrel' http://127.0.0.1:5094/items 'none'
  row 'nginx with a log before the first' http://127.0.0.1:5096/items '8 at once, others wait' "$work/live.json"
  row 'python3 -m http.server' http://127.0.0.1:5095/items 'one core for all its threads'
  benchmarks calibrate --log "$work/access.log" --out "$work/log.json" --downloads "$downloads" \
    --log-format '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent $msec $request_time' >&2
  middle() { jq '.scenario.latencyQuantilesMs | .[length / 2 | floor]' "$1"; }
  printf '\nFrom the log of the server with a log, without a request: %s; the median service time is %s ms (live %s ms).\n\n' \
    "$(find_limit "$work/log.json")" "$(middle "$work/log.json")" "$(middle "$work/live.json")"
  echo "- $(nginx -v 2>&1), $(python3 --version)"
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} | keep other-servers
