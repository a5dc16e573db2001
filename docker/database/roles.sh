#!/bin/sh
# Makes both roles when the database is made, neither a superuser. `accord` owns the database and makes the tables. The server works
# under `accord_server`, which owns nothing: at each start the owner grants it what it needs, and of the audit trail only to add and
# to read.
set -eu

psql --set ON_ERROR_STOP=1 --set server="$ACCORD_DATABASE_PASSWORD" --set owner="$ACCORD_DATABASE_OWNER_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE accord LOGIN PASSWORD :'owner';
CREATE ROLE accord_server LOGIN PASSWORD :'server';
ALTER DATABASE accord OWNER TO accord;
SQL
