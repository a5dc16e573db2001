#!/usr/bin/env bash
# Makes synthetic patient records with Synthea, in the order in which they are to be loaded. See --help.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

usage() {
  cat <<'TEXT'
Usage: generate.sh --out DIR [options]

Makes synthetic patient records with Synthea (fetched by Maven on the first run) and leaves FHIR R4 bundles in DIR, to be
posted one by one in the order of their names:

  000-hospitals.json         organisations and locations (batch, conditional creates)
  001-practitioners.json     practitioners and their roles (batch)
  010-<patient>-<org>.json   one transaction per patient and organisation, as Synthea wrote it
  index.tsv                  whose record each of these is, and how large

Records that hold nothing but the Patient and a Provenance are left out.

The same options give the same bytes. Needs JDK 17 and Maven.

  --out DIR          where to put the bundles; made if missing, must be empty
  --population N     how many living patients to make (default 20)
  --seed S           seed for patients and clinicians (default 1)
  --date YYYYMMDD    the "today" of the records (default 20250101)
  --state NAME       one of the United States (default Massachusetts)
  --city NAME        only people of this city; they then share few organisations (default: the whole state)
  --ages MIN-MAX     only people of this age (default: any)
  --years N          years of history to keep, 0 = the whole life (default 10)
  --with-dead        people who have died come on top of the N living ones
  --keep FILE        keep only the patients listed in FILE (a Patient.id a line, # starts a comment), and of the
                     organisations and practitioners only those their records mention
  --zip FILE         also pack DIR into FILE, the same bytes each time
  --memory SIZE      Java heap (default 4g)
  --help             this text

The sample in this folder: see SAMPLE.md.
TEXT
}

die() { echo "generate.sh: $*" >&2; exit 2; }

out= population=20 seed=1 date=20250101 state=Massachusetts city= ages= years=10 alive=true keep= zip= memory=4g
while [ $# -gt 0 ]; do
  case "$1" in
    --help|-h) usage; exit 0 ;;
    --with-dead) alive=false; shift; continue ;;
    --out|--population|--seed|--date|--state|--city|--ages|--years|--keep|--zip|--memory) ;;
    *) die "unknown option $1 (try --help)" ;;
  esac
  [ $# -ge 2 ] || die "$1 needs a value"
  printf -v "${1#--}" '%s' "$2"
  shift 2
done

[ -n "$out" ] || die "--out is missing (try --help)"
for number in population seed date years; do
  [[ "${!number}" =~ ^[0-9]+$ ]] || die "--$number is not a number: ${!number}"
done
[ -z "$ages" ] || [[ "$ages" =~ ^[0-9]+-[0-9]+$ ]] || die "--ages wants MIN-MAX: $ages"
[ -z "$keep" ] || [ -r "$keep" ] || die "cannot read $keep"
command -v java >/dev/null || die "java is missing (JDK 17)"
command -v mvn >/dev/null || die "mvn is missing"
mkdir -p "$out"
[ -z "$(ls -A "$out")" ] || die "$out is not empty"
out="$(cd "$out" && pwd)"

lib="$here/target/lib"
if [ ! "$lib/.complete" -nt "$here/pom.xml" ]; then
  echo "== fetching Synthea"
  rm -rf "$lib"
  mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies
  touch "$lib/.complete"
fi

# On the same disk as the result, so that large bundles are moved and not copied; gone at the end, however it ends.
work="$(mktemp -d "$out/.raw.XXXXXX")"
trap 'rm -rf "$work"' EXIT

arguments=(-s "$seed" -cs "$seed" -r "$date" -e "$date" -p "$population")
[ -z "$ages" ] || arguments+=(-a "$ages")
arguments+=(
  "--generate.only_alive_patients=$alive"
  "--exporter.baseDirectory=$work/"
  "--exporter.years_of_history=$years"
  --exporter.split_records=true
  --exporter.fhir.transaction_bundle=true
  --exporter.hospital.fhir.export=true
  --exporter.practitioner.fhir.export=true
  --exporter.metadata.export=false
)
arguments+=("$state")
[ -z "$city" ] || arguments+=("$city")

# Synthea reads the zone and the language of the machine, and an unset one would change the records.
java=(java "-Xmx$memory" -Duser.timezone=UTC -Duser.language=en -Duser.country=US -Dfile.encoding=UTF-8 -cp "$lib/*")

echo "== Synthea: $population patients, seed $seed"
(cd "$work" && "${java[@]}" App "${arguments[@]}") 2>"$work/errors" | grep --line-buffered -E '^[0-9]+ -- ' || true
# Synthea ends with 0 whatever happens: what counts is that the last bundle it writes is there.
compgen -G "$work/fhir/practitionerInformation*.json" >/dev/null || { cat "$work/errors" >&2; die "Synthea did not finish"; }

echo "== putting the bundles into loading order"
pack=(--from "$work/fhir" --to "$out")
[ -z "$keep" ] || pack+=(--keep "$keep")
[ -z "$zip" ] || pack+=(--zip "$zip")
"${java[@]}" "$here/Pack.java" "${pack[@]}"
