-- How many entries of the audit trail wait for their seal, and since when the oldest does, which its id says (RFC 9562).
create function audit_seal_lag() returns table (waiting int, oldest timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select count(*)::int,
      to_timestamp(('x' || translate(substr(min(u.entry_id::text), 1, 13), '-', ''))::bit(48)::bigint / 1000.0)
    from audit_unsealed u
  $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
revoke all on function audit_seal_lag() from public;
grant execute on function audit_seal_lag() to housecall_app;
alter function audit_seal_lag() owner to housecall_system;
revoke create on schema public from housecall_system;
