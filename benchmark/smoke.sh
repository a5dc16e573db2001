#!/usr/bin/env bash
# Tests that the benchmark runs, writes its report and leaves nothing behind. Its numbers mean nothing. See --help.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then
  cat <<'TEXT'
Usage: smoke.sh [options of run.sh]

Runs every workload for a moment on a few patients, with all servers, at two clients; then once more, interrupted in the middle.
Fails if an answer was wrong, a part of the report is missing, or a process outlives the run. Takes some minutes,
and longer on a busy machine.
TEXT
  exit 0
fi

out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
export TMPDIR="$out"

die() { echo "smoke.sh: $*" >&2; exit 1; }

nothing_is_left() {
  local process
  for process in /proc/[0-9]*; do
    if grep -qsF "$out" "$process/cmdline" && [ "${process#/proc/}" != $$ ]; then
      die "left behind: $(tr '\0' ' ' <"$process/cmdline" 2>/dev/null)"
    fi
  done
  if compgen -G "$out/tmp.*" >/dev/null; then die "directories are left in $out"; fi
}

"$here/run.sh" --patients 6 --seconds 150 --rounds 1 --clients 2 --out "$out/report" "$@" \
  || die "a run failed, or an answer was wrong"
for part in results.md results.json throughput-2.svg; do
  [ -s "$out/report/$part" ] || die "the report has no $part"
done
grep -q '| mix | accord |' "$out/report/results.md" || die "the last workload is not in the table"
grep -q '</svg>' "$out/report/throughput-2.svg" || die "the picture has no end"
nothing_is_left

"$here/run.sh" --patients 2 --seconds 150 --out "$out/interrupted" "$@" >/dev/null 2>&1 &
run=$!
sleep 30
kill "$run"
wait "$run" && die "an interrupted run says that all is well"
nothing_is_left
[ ! -e "$out/interrupted/results.md" ] || die "an interrupted run has written results"
echo "smoke.sh: all is well"
