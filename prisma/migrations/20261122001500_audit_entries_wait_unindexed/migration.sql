-- An entry is written where it costs its request least: into a table without index, trigger or check, of which the sealer
-- makes the lasting entry, its digest and its seal in one transaction about a second later (docs/adr/audit-trail.md).

-- What waits so far gets its seal by the function as it was.
do $$
begin
  lock table audit_unsealed in access exclusive mode;
  perform pg_advisory_xact_lock(4717002);
  set local role housecall_system;
  while audit_seal_pending(1000) > 0 loop
  end loop;
  reset role;
end $$;

drop function audit_seal_lag();
drop table audit_unsealed;
drop trigger audit_entry_digest on audit_entry;
drop function audit_entry_digest();

-- `entry` has the columns of audit_entry by their names, but for those that stand here; `patient_ids` may name one twice.
create table audit_unsealed (
  tenant_id uuid not null,
  id uuid not null,
  actor_id uuid,
  patient_ids uuid[] not null,
  entry jsonb not null
);
-- Rows stay for a second: without this, what they leave behind would be looked through until a fifth of nothing is dead.
alter table audit_unsealed set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
alter table audit_unsealed enable row level security;
alter table audit_unsealed force row level security;
create policy tenant_isolation on audit_unsealed
  using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
create policy system_read_audit_unsealed on audit_unsealed for select to housecall_system using (true);
create policy system_done_audit_unsealed on audit_unsealed for delete to housecall_system using (true);
grant select, insert on audit_unsealed to housecall_app;
grant select, delete on audit_unsealed to housecall_system;

-- Nobody changes an entry while it waits, and nobody but the sealer takes it away.
create trigger audit_unsealed_append_only before update or truncate on audit_unsealed
  for each statement execute function refuse_change();
alter table audit_unsealed enable always trigger audit_unsealed_append_only;
create trigger audit_unsealed_only_sealed before delete on audit_unsealed
  for each statement when (current_user <> 'housecall_system') execute function refuse_change();
alter table audit_unsealed enable always trigger audit_unsealed_only_sealed;

-- The lasting entries are the sealer's alone to write.
revoke insert on audit_entry from housecall_app;
grant insert on audit_entry to housecall_system;
create policy system_add_audit_entry on audit_entry for insert to housecall_system with check (true);

-- The trail as it is read: what is sealed, and what waits for it.
create view audit_trail with (security_invoker = true) as
  select id, tenant_id, at, actor_kind, actor_id, actor_roles, action, purpose, result, code, patient_ids, entity_type,
    entity_id, request_id, address, user_agent, route, detail
  from audit_entry
  union all
  select id, tenant_id, to_timestamp(('x' || translate(substr(id::text, 1, 13), '-', ''))::bit(48)::bigint / 1000.0)::timestamptz(3),
    entry->>'actor_kind', actor_id, array(select jsonb_array_elements_text(entry->'actor_roles')), entry->>'action',
    entry->>'purpose', entry->>'result', entry->>'code', array(select distinct unnest(patient_ids)), entry->>'entity_type',
    entry->>'entity_id', entry->>'request_id', entry->>'address', entry->>'user_agent', entry->>'route', entry->'detail'
  from audit_unsealed;
grant select on audit_trail to housecall_app;

-- Makes lasting entries with their seals of up to p_max waiting ones of all tenants, in the order of their ids; answers how
-- many it took up. An id that is sealed already is not written again. What could be no entry is left where it is, which
-- audit_seal_lag tells, and holds nothing else up. One caller at a time over all nodes: whoever finds another at work has
-- nothing to do. The digest is over every other column, as text that does not depend on settings;
-- src/records/audit/verify.ts reads the same text and hashes it itself.
create or replace function audit_seal_pending(p_max int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
  as $$
    declare
      looked int := 0;
      tenant uuid;
      entry record;
      place bigint;
      chained bytea;
      tenants uuid[] := '{}';
      places bigint[] := '{}';
      entries uuid[] := '{}';
      hashes bytea[] := '{}';
    begin
      if not pg_try_advisory_xact_lock(4717002) then
        return 0;
      end if;
      for entry in
        with taken as (
          delete from audit_unsealed u
          where u.ctid = any (array(
            select w.ctid from audit_unsealed w
            where w.entry->>'action' is not null and w.entry->>'purpose' is not null
              and jsonb_typeof(w.entry->'actor_roles') = 'array'
              and case w.entry->>'actor_kind' when 'person' then w.actor_id is not null when 'service' then w.actor_id is not null
                when 'system' then true when 'anonymous' then w.actor_id is null else false end
              and case w.entry->>'result' when 'success' then w.entry->>'code' is null
                when 'refused' then w.entry->>'code' is not null when 'failed' then w.entry->>'code' is not null else false end
              and (w.entry->>'entity_type' is null) = (w.entry->>'entity_id' is null)
            order by w.id, w.ctid limit p_max))
          returning u.*
        ), filled as (
          select t.id, t.tenant_id, ('x' || translate(substr(t.id::text, 1, 13), '-', ''))::bit(48)::bigint as ms,
            t.entry->>'actor_kind' as actor_kind, t.actor_id,
            array(select jsonb_array_elements_text(t.entry->'actor_roles')) as actor_roles, t.entry->>'action' as action,
            t.entry->>'purpose' as purpose, t.entry->>'result' as result, t.entry->>'code' as code,
            array(select distinct unnest(t.patient_ids)) as patient_ids, t.entry->>'entity_type' as entity_type,
            t.entry->>'entity_id' as entity_id, t.entry->>'request_id' as request_id, t.entry->>'address' as address,
            t.entry->>'user_agent' as user_agent, t.entry->>'route' as route, t.entry->'detail' as detail
          from taken t
        ), kept as (
          insert into audit_entry (id, tenant_id, at, actor_kind, actor_id, actor_roles, action, purpose, result, code,
            patient_ids, entity_type, entity_id, request_id, address, user_agent, route, detail, digest)
          select f.id, f.tenant_id, to_timestamp(f.ms / 1000.0), f.actor_kind, f.actor_id, f.actor_roles, f.action, f.purpose,
            f.result, f.code, f.patient_ids, f.entity_type, f.entity_id, f.request_id, f.address, f.user_agent, f.route, f.detail,
            sha256(convert_to(array[f.tenant_id::text, f.id::text, f.ms::text, f.actor_kind, f.actor_id::text,
              f.actor_roles::text, f.action, f.purpose, f.result, f.code, f.patient_ids::text, f.entity_type, f.entity_id,
              f.request_id, f.address, f.user_agent, f.route, f.detail::text]::text, 'UTF8'))
          from filled f
          on conflict (tenant_id, id) do nothing
          returning tenant_id, id, digest
        )
        select t.tenant_id, t.id, k.digest
        from (select distinct tenant_id, id from taken) t left join kept k on k.tenant_id = t.tenant_id and k.id = t.id
        order by t.tenant_id, t.id
      loop
        looked := looked + 1;
        continue when entry.digest is null;
        if tenant is distinct from entry.tenant_id then
          tenant := entry.tenant_id;
          -- A clinic's entries follow on each other in this loop: what is chained here is not in the table yet.
          select s.position, s.hash into place, chained from audit_seal s
            where s.tenant_id = entry.tenant_id order by s.position desc limit 1;
          if not found then
            place := 0;
            chained := sha256(convert_to(tenant::text, 'UTF8'));
          end if;
        end if;
        place := place + 1;
        chained := sha256(chained || int8send(place) || entry.digest);
        tenants := tenants || tenant;
        places := places || place;
        entries := entries || entry.id;
        hashes := hashes || chained;
      end loop;
      insert into audit_seal (tenant_id, position, entry_id, hash)
        select * from unnest(tenants, places, entries, hashes);
      return looked;
    end
  $$;

-- How many entries of the audit trail wait for their seal, and since when the oldest does, which its id says (RFC 9562).
create function audit_seal_lag() returns table (waiting int, oldest timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select count(*)::int,
      to_timestamp(('x' || translate(substr(min(u.id::text), 1, 13), '-', ''))::bit(48)::bigint / 1000.0)
    from audit_unsealed u
  $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
revoke all on function audit_seal_lag() from public;
grant execute on function audit_seal_lag() to housecall_app;
alter function audit_seal_lag() owner to housecall_system;
revoke create on schema public from housecall_system;
