#!/bin/sh
# Run once by the image when the database is new: the owner migrates, the serving role is bound by row-level security.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$OWNER_DB_PASSWORD" -v app="$APP_DB_PASSWORD" <<'SQL'
create role housecall_owner login password :'owner';
create role housecall_app login password :'app' nosuperuser nobypassrls;
create role housecall_system nologin;
grant housecall_system to housecall_owner;
create database housecall owner housecall_owner;
SQL
