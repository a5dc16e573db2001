#!/bin/sh
# Makes the role that the server works under, when the database is made. It owns nothing: at each start the server, as the owner,
# grants it what it needs, and of the audit trail only to add and to read.
set -eu

psql --set ON_ERROR_STOP=1 --set password="$ACCORD_DATABASE_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE accord_server LOGIN PASSWORD :'password';
SQL
