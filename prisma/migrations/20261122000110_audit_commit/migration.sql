-- A transaction that has changed nothing but adds its entry need not wait for the disk: after a crash of the database's
-- machine such entries of the last moments (three times wal_writer_delay, 0.6 s) may be missing, and never one of a change
-- (docs/adr/audit-trail.md). Everything else is as it was.
create or replace function audit_entry_digest() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  ms bigint := ('x' || translate(substr(new.id::text, 1, 13), '-', ''))::bit(48)::bigint;
begin
  if pg_current_xact_id_if_assigned() is null then
    perform set_config('synchronous_commit', 'off', true);
  end if;
  new.at := to_timestamp(ms / 1000.0);
  new.digest := sha256(convert_to(array[
    new.tenant_id::text, new.id::text, ms::text, new.actor_kind, new.actor_id::text, new.actor_roles::text, new.action,
    new.purpose, new.result, new.code, new.patient_ids::text, new.entity_type, new.entity_id, new.request_id, new.address,
    new.user_agent, new.route, new.detail::text
  ]::text, 'UTF8'));
  insert into audit_unsealed (tenant_id, entry_id) values (new.tenant_id, new.id);
  return new;
end $$;
