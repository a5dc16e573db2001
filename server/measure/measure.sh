#!/usr/bin/env bash
# Measures the one-command run on this machine. See --help.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

usage() {
  cat <<'TEXT'
Usage: measure.sh [options]

Starts the built server in a fresh temporary directory on free ports, and prints as a Markdown table:

  first start to the first answered request (empty directory, wall time)
  rate at which the sample is loaded, as the server logs it
  memory of the JVM and of PostgreSQL after the sample
  later start to the first answered request
  a read of one Patient at one client, warm: p50 and p95

Builds nothing: run `mvn -DskipTests package` before. Ends and removes what it started. Needs Linux, JDK 17 and
an idle machine; what else runs on it is measured too, so the load average is printed.

  --jar FILE     the server (default: server/target/accord-server.jar)
  --java-options OPTIONS
                 options of the server's JVM, such as -Xmx768m (default: none)
  --reads N      reads to measure, after as many to warm up (default 2000)
  --keep         keep the temporary directory, with the server's log
  --help         this text
TEXT
}

die() { echo "measure.sh: $*" >&2; exit 2; }

jar="$here/../target/accord-server.jar" options="" reads=2000 keep=""
while [ $# -gt 0 ]; do
  case "$1" in
    --help|-h) usage; exit 0 ;;
    --keep) keep=yes; shift; continue ;;
    --jar|--java-options|--reads) [ $# -ge 2 ] || die "$1 needs a value" ;;
    *) die "unknown option $1 (try --help)" ;;
  esac
  case "$1" in
    --jar) jar="$2" ;;
    --java-options) options="$2" ;;
    --reads) reads="$2" ;;
  esac
  shift 2
done
[ -r "$jar" ] || die "$jar is missing: build it with mvn -DskipTests package"
[[ "$reads" =~ ^[1-9][0-9]*$ ]] || die "--reads is not a number: $reads"
[ -r /proc/self/status ] || die "needs Linux: memory is read from /proc"
command -v java >/dev/null || die "java is missing (JDK 17)"
jar="$(cd "$(dirname "$jar")" && pwd)/$(basename "$jar")"

work="$(mktemp -d)"
server=""

stop() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=""
}

finish() {
  stop
  if [ -n "$keep" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

# Compiled once, so that its start does not count.
javac -d "$work/classes" "$here/Measure.java"
measure() { java -Xshare:auto -XX:TieredStopAtLevel=1 -cp "$work/classes" Measure "$@"; }
reader() { java -Xmx256m -cp "$work/classes" Measure reads "$@"; }

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
http=$(free_port) issuer=$(free_port) postgres=$(free_port) management=$(free_port)
fhir="http://127.0.0.1:$http/fhir"

# Leaves the seconds until the first answer in $took.
start() {
  local began ended
  began=$(date +%s.%N)
  # shellcheck disable=SC2086  # several options
  (cd "$work" && exec java $options -jar "$jar" \
    "--server.port=$http" "--accord.development.issuer-port=$issuer" "--accord.database.port=$postgres" \
    "--management.server.port=$management") >"$work/$1.log" 2>&1 &
  server=$!
  measure answered "$fhir/metadata" 600 || failed "$1"
  ended=$(date +%s.%N)
  took=$(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.1f", b - a }')
}

failed() { tail -20 "$work/$1.log" >&2; die "the server did not answer"; }

wait_for_sample() {
  local _
  for _ in $(seq 1200); do
    if grep -q 'sample: .* consents loaded' "$work/first.log"; then return; fi
    kill -0 "$server" 2>/dev/null || failed first
    sleep 0.5
  done
  failed first
}

rss() { awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

# Memory that its processes share counts once: the proportional share of each, added up.
postgres_memory() {
  local main total=0 process share
  main=$(head -1 "$work/data/postgresql/cluster/postmaster.pid")
  for process in "$main" $(awk -v parent="$main" '$4 == parent { print $1 }' /proc/[0-9]*/stat 2>/dev/null); do
    share=$(awk '/^Pss:/ { print $2 }' "/proc/$process/smaps_rollup" 2>/dev/null) || continue
    total=$((total + ${share:-0}))
  done
  echo $((total / 1024))
}

load_before=$(cut -d' ' -f1 /proc/loadavg)
start first
first=$took
wait_for_sample
rate=$(sed -n 's/.*consents loaded, //p' "$work/first.log")
jvm=$(rss "$server")
database=$(postgres_memory)
stop
start later
later=$took
read -r p50 p95 < <(reader "$fhir" "http://127.0.0.1:$issuer/oauth2/token" "$reads")

cat <<TEXT
| measured | result |
|---|---|
| first start to the first answered request | $first s |
| sample | $rate |
| memory of the JVM after the sample (RSS) | $jvm MiB |
| memory of PostgreSQL after the sample (PSS of all its processes) | $database MiB |
| later start to the first answered request | $later s |
| a read of one Patient, warm, one client: p50 | $p50 ms |
| a read of one Patient, warm, one client: p95 | $p95 ms |

$(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)), $(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo) memory,
$(java -version 2>&1 | sed -n 2p), server options: ${options:-none};
load average before: $load_before. $(date -u +%F)
TEXT
