#!/usr/bin/env bash
# Calibrates servers that are not of this project, and checks each prediction with real downloads: nginx with limit_req and limit_conn,
# python3 -m http.server, and a Kestrel app behind a semaphore. What limits each of them is known from its configuration.
#   experiments/other-servers.sh [DOWNLOADS]     takes about three minutes; needs nginx and python3
. "$(dirname "$0")/common.sh"

downloads=${1:-200}
servers=()
stop() { for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done; }
trap 'stop; rm -rf "$work"' EXIT

mkdir -p "$work/pages" "$work/nginx"
head -c 2000 /dev/zero | tr '\0' x >"$work/pages/items"
head -c 20000 /dev/zero | tr '\0' x >"$work/pages/slow"
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
  # 20 kB at 200 kB/s: a tenth of a second each, so that there is something at once.
  server { listen 127.0.0.1:5093; root $work/pages; limit_conn connections 8; location /slow { limit_rate 200k; } }
  server { listen 127.0.0.1:5094; root $work/pages; location /slow { limit_rate 200k; } }
}
CONF

start() { "$@" >"$work/server.log" 2>&1 & servers+=($!); }
start nginx -c "$work/nginx.conf"
start python3 -m http.server --bind 127.0.0.1 --directory "$work/pages" 5095
dotnet build -c Release -v quiet --nologo "$checkout/experiments/semaphore-server.cs" >&2
start dotnet run -c Release --no-build "$checkout/experiments/semaphore-server.cs" -- --urls http://127.0.0.1:5090 --places 8 --ms 50
for port in 5090 5091 5092 5093 5094 5095; do
  for _ in $(seq 50); do if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; else sleep 0.2; fi; done
done

# row NAME URL LIMIT: one row of the table.
row() {
  local file=$work/$RANDOM.json found workers check
  benchmarks calibrate "$2" --out "$file" --downloads "$downloads" >"$work/calibrate.log" 2>&1 \
    || { cat "$work/calibrate.log" >&2; return 1; }
  found=$(jq -r '.scenario as $s | .calibration | "\(.mechanism)" + (if $s.capacity then ", capacity \($s.capacity)" else "" end)
    + (if $s.queue then ", queue \($s.queue)" else "" end)
    + (if $s.rateLimitPerSecond then ", \($s.rateLimitPerSecond) a second" else "" end)' "$file")
  workers=$(jq -r .calibration.recommendedWorkers "$file")
  check=$(benchmarks calibrate "$2" --check "$file" --downloads "$downloads" --workers "$workers" 2>&1 | tee -a "$work/check.log" | tail -1)
  printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$3" "$found" "$(jq -r .calibration.requests "$file")" "$workers" "$check"
}

{
  printf '# Servers of others\n\nCalibrated, and then %s downloads with the recommended workers, against the prediction.\n\n' "$downloads"
  printf '| server | its limit | found | requests | workers | prediction and outcome |\n|---|---|---|--:|--:|---|\n'
  row 'Kestrel, SemaphoreSlim' http://127.0.0.1:5090/items '8 at once, others wait'
  row 'nginx, limit_req, 429' http://127.0.0.1:5091/items '40 requests a second, burst 5'
  row 'nginx, limit_req, 503' http://127.0.0.1:5092/items '40 requests a second, burst 5'
  row 'nginx, limit_conn' http://127.0.0.1:5093/slow '8 at once, others are refused'
  row 'nginx' http://127.0.0.1:5094/slow 'none'
  row 'python3 -m http.server' http://127.0.0.1:5095/items 'one core for all its threads'
  echo
  echo "- $(nginx -v 2>&1), $(python3 --version)"
  echo "- $(nproc) logical cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), .NET SDK $(dotnet --version)"
  echo "- Measured: $(date -u +%Y-%m-%d)"
} | keep other-servers
