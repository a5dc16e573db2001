#!/usr/bin/env bash
# Runs the benchmark on what is built. See --help and docs/performance.md.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
jar="$here/../server/target/accord-server.jar"
classes="$here/target/classes"
unpacked="$here/target/server"

die() { echo "run.sh: $*" >&2; exit 2; }

[ -r /proc/self/stat ] || die "needs Linux: CPU time is read from /proc"
command -v java >/dev/null || die "java is missing (JDK 17)"
if [ ! -r "$jar" ] || [ ! -d "$classes" ]; then
  die "build it first, at the top of the repository: mvn -DskipTests package"
fi

# The other servers run on the very jars that are in Accord's. Each build gives its jar the same modification time,
# so it is told by when the file was written (its change time).
written="$(stat -c '%z %i %s' "$jar")"
if [ "$(cat "$unpacked/of" 2>/dev/null || true)" != "$written" ]; then
  rm -rf "$unpacked"
  java -Djarmode=tools -jar "$jar" extract --destination "$unpacked" >/dev/null
  echo "$written" >"$unpacked/of"
fi

work="$(mktemp -d)"
driver="" keep=""
for argument in "$@"; do
  if [ "$argument" = --keep ]; then keep=yes; fi
done

# Servers whose driver was killed without a chance to end them, and databases whose servers were.
end_what_is_left() {
  local process
  for process in $(cat "$work/pids" 2>/dev/null || true) \
    $(head -qn 1 "$work"/*/postgresql/cluster/postmaster.pid 2>/dev/null || true); do
    if grep -qsF "$work" "/proc/$process/cmdline"; then kill "$process" 2>/dev/null || true; fi
  done
}

finish() {
  if [ -n "$driver" ] && kill "$driver" 2>/dev/null; then wait "$driver" || true; fi
  end_what_is_left
  if [ -n "$keep" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

java -Xmx6g -cp "$classes:$unpacked/accord-server.jar" org.accordhie.benchmark.Benchmark \
  --jar "$jar" --work "$work" "$@" &
driver=$!
status=0
wait "$driver" || status=$?
driver=""
exit "$status"
