-- The audit trail (docs/adr/audit-trail.md): who did what, whose data it was, when, from where, why, and what came of it.
-- Entries are written by the transaction that they are about; seals, which chain them, follow within about a second.

-- No foreign keys: an entry outlives what it names, and a check of the clinic's row would be a lock on every request.
create table audit_entry (
  id uuid not null,
  tenant_id uuid not null,
  at timestamptz(3) not null,
  actor_kind text not null,
  actor_id uuid,
  actor_roles text[] not null,
  action text not null,
  purpose text not null,
  result text not null,
  code text,
  patient_ids uuid[] not null,
  entity_type text,
  entity_id text,
  request_id text,
  address text,
  user_agent text,
  route text,
  detail jsonb,
  digest bytea not null,
  constraint audit_entry_pkey primary key (tenant_id, id),
  constraint audit_entry_actor_check check (
    case actor_kind when 'person' then actor_id is not null when 'service' then actor_id is not null
      when 'system' then true when 'anonymous' then actor_id is null else false end),
  constraint audit_entry_result_check check (
    case result when 'success' then code is null when 'refused' then code is not null when 'failed' then code is not null else false end),
  constraint audit_entry_entity_check check ((entity_type is null) = (entity_id is null))
);
-- One for each question: by whom, which action, about what, whose. The newest come first by the primary key.
create index audit_entry_actor_idx on audit_entry (tenant_id, actor_id, id);
create index audit_entry_action_idx on audit_entry (tenant_id, action, id);
create index audit_entry_entity_idx on audit_entry (tenant_id, entity_id, id);
-- Small lists of pending keys: whoever has to merge one does not notice it.
create index audit_entry_patient_ids_idx on audit_entry using gin (patient_ids) with (gin_pending_list_limit = 256);
create index audit_entry_refused_idx on audit_entry (tenant_id, result, id) where result <> 'success';

-- hash = sha256(hash of the seal before || position, 8 bytes, big-endian || digest of the entry). The first follows on
-- sha256 of the tenant's id as text.
create table audit_seal (
  tenant_id uuid not null,
  position bigint not null,
  entry_id uuid not null,
  hash bytea not null,
  constraint audit_seal_pkey primary key (tenant_id, position)
);
create unique index audit_seal_tenant_id_entry_id_key on audit_seal (tenant_id, entry_id);

-- Entries that wait for their seal.
create table audit_unsealed (
  tenant_id uuid not null,
  entry_id uuid not null,
  constraint audit_unsealed_pkey primary key (tenant_id, entry_id)
);

do $$
declare
  name text;
begin
  foreach name in array array['audit_entry', 'audit_seal', 'audit_unsealed'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;
grant select, insert on audit_entry, audit_unsealed to housecall_app;
grant select on audit_seal to housecall_app;

-- `at` is the instant that the id carries (RFC 9562, version 7), so that ids sort by it. The digest is over every other
-- column, as text that does not depend on settings; src/records/audit/verify.ts reads the same text and hashes it itself.
create function audit_entry_digest() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  ms bigint := ('x' || translate(substr(new.id::text, 1, 13), '-', ''))::bit(48)::bigint;
begin
  new.at := to_timestamp(ms / 1000.0);
  new.digest := sha256(convert_to(array[
    new.tenant_id::text, new.id::text, ms::text, new.actor_kind, new.actor_id::text, new.actor_roles::text, new.action,
    new.purpose, new.result, new.code, new.patient_ids::text, new.entity_type, new.entity_id, new.request_id, new.address,
    new.user_agent, new.route, new.detail::text
  ]::text, 'UTF8'));
  insert into audit_unsealed (tenant_id, entry_id) values (new.tenant_id, new.id);
  return new;
end $$;
create trigger audit_entry_digest before insert on audit_entry for each row execute function audit_entry_digest();

-- By whomever, in whatever mode of replication.
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
alter table audit_entry enable always trigger audit_entry_append_only;
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_change();
alter table audit_seal enable always trigger audit_seal_append_only;

grant select (tenant_id, id, digest) on audit_entry to housecall_system;
create policy system_read_audit_entry on audit_entry for select to housecall_system using (true);
grant select, insert on audit_seal to housecall_system;
create policy system_read_audit_seal on audit_seal for select to housecall_system using (true);
create policy system_add_audit_seal on audit_seal for insert to housecall_system with check (true);
grant select, delete on audit_unsealed to housecall_system;
create policy system_read_audit_unsealed on audit_unsealed for select to housecall_system using (true);
create policy system_done_audit_unsealed on audit_unsealed for delete to housecall_system using (true);

-- Appends the seals of up to p_max waiting entries of all tenants, in the order of their ids; answers how many were
-- looked at. One caller at a time over all nodes: whoever finds another at work has nothing to do.
create function audit_seal_pending(p_max int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, public
  as $$
    declare
      looked int := 0;
      tenant uuid;
      entry record;
      place bigint;
      chained bytea;
    begin
      if not pg_try_advisory_xact_lock(4717002) then
        return 0;
      end if;
      for entry in
        with taken as (
          delete from audit_unsealed u
          where (u.tenant_id, u.entry_id) in (
            select w.tenant_id, w.entry_id from audit_unsealed w order by w.tenant_id, w.entry_id limit p_max)
          returning u.tenant_id, u.entry_id
        )
        select t.tenant_id, t.entry_id, e.digest,
          e.digest is not null and not exists (
            select from audit_seal s where s.tenant_id = t.tenant_id and s.entry_id = t.entry_id) as waits
        from taken t left join audit_entry e on e.tenant_id = t.tenant_id and e.id = t.entry_id
        order by t.tenant_id, t.entry_id
      loop
        looked := looked + 1;
        continue when not entry.waits;
        if tenant is distinct from entry.tenant_id then
          tenant := entry.tenant_id;
          select s.position, s.hash into place, chained from audit_seal s
            where s.tenant_id = entry.tenant_id order by s.position desc limit 1;
          if not found then
            place := 0;
            chained := sha256(convert_to(tenant::text, 'UTF8'));
          end if;
        end if;
        place := place + 1;
        chained := sha256(chained || int8send(place) || entry.digest);
        insert into audit_seal (tenant_id, position, entry_id, hash) values (tenant, place, entry.entry_id, chained);
      end loop;
      return looked;
    end
  $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
revoke all on function audit_seal_pending(int) from public;
grant execute on function audit_seal_pending(int) to housecall_app;
alter function audit_seal_pending(int) owner to housecall_system;
revoke create on schema public from housecall_system;
