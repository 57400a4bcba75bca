-- Who may see which row. Three roles: the owner migrates, housecall_app serves, housecall_system owns the named ways
-- around the tenant below. Nobody signs in as housecall_system and housecall_app is not a member of it.

-- Roles belong to the whole server, so another database's migration may have made them already, or be making them now.
do $$
declare
  name text;
begin
  foreach name in array array['housecall_app', 'housecall_system'] loop
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', name);
      exception
        when duplicate_object or unique_violation then null;
        when insufficient_privilege then
          raise exception 'The role % is missing and % may not create it.', name, current_user using
            errcode = 'insufficient_privilege',
            hint = format('An administrator must run once: create role housecall_app nologin; create role housecall_system nologin; grant housecall_system to %I;', current_user);
      end;
    end if;
    -- housecall_system: to hand the functions over to it. housecall_app: to serve over the same connection string, which
    -- not everybody wants. Since PostgreSQL 16 who makes a role may grant it and not yet become it.
    if not pg_has_role(current_user, name, case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
      begin
        execute format('grant %I to %I', name, current_user);
      exception
        when insufficient_privilege then
          if name = 'housecall_system' then
            raise exception '% may not act for the role %.', current_user, name using
              errcode = 'insufficient_privilege',
              hint = format('An administrator must run once: grant %I to %I;', name, current_user);
          end if;
      end;
    end if;
  end loop;
end $$;

grant usage on schema public to housecall_app, housecall_system;

-- The tenant of this transaction. Fails closed: while app.tenant_id is unset or empty it is null, and no row matches.
create function app_tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- Forced, so that it binds the owner too; a migration that must change rows sets app.tenant_id like everybody else.
do $$
declare
  name text;
begin
  foreach name in array array['app_user', 'refresh_token', 'patient', 'practitioner', 'meeting', 'meeting_event', 'meeting_chat_line', 'outbox'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant_isolation on tenant using (id = (select app_tenant())) with check (id = (select app_tenant()));

-- Not tenant data: without a policy for them, nobody but the functions below sees a node.
alter table node enable row level security;
alter table node force row level security;

-- What the server may do at all. Nothing on node and _prisma_migrations; no delete where the record must stay.
grant select, insert, update on tenant, patient, practitioner, meeting to housecall_app;
grant select, insert, update, delete on app_user, refresh_token to housecall_app;
grant select, insert on meeting_event, meeting_chat_line, outbox to housecall_app;
grant usage on sequence outbox_seq_seq to housecall_app;

-- A timeline is only ever added to, by whomever.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger meeting_event_append_only before update or delete or truncate on meeting_event
  for each statement execute function refuse_change();

-- What is true of every meeting (MEETING.md), whatever the code does.
alter table meeting
  add constraint meeting_started_check check ((status in ('active', 'ended')) = (started_at is not null)),
  add constraint meeting_ended_check check ((status = 'ended') = (ended_at is not null)),
  add constraint meeting_duration_check check ((status = 'ended') = (duration_seconds is not null) and duration_seconds >= 0),
  add constraint meeting_period_check check (ended_at >= started_at),
  add constraint meeting_end_reason_check check (
    case status
      when 'ended' then end_reason is not null and end_reason not in ('cancelled', 'no_show')
      when 'cancelled' then end_reason is not null and end_reason in ('cancelled', 'no_show')
      else end_reason is null
    end
  ),
  add constraint meeting_cancel_reason_check check (cancel_reason is null or status = 'cancelled'),
  add constraint meeting_reconnect_deadline_check check (reconnect_deadline is null or status = 'active'),
  add constraint meeting_next_deadline_check check (
    next_deadline_at is null and reconnect_deadline is null
    or next_deadline_at is not null and status in ('scheduled', 'active') and (reconnect_deadline is null or next_deadline_at <= reconnect_deadline)
  ),
  add constraint meeting_seat_check check (status = 'active' or (doctor_node_id is null and patient_node_id is null)),
  add constraint meeting_version_check check (version >= 1);

create index meeting_next_deadline_idx on meeting (next_deadline_at) where next_deadline_at is not null;
create index meeting_doctor_node_idx on meeting (doctor_node_id) where doctor_node_id is not null;
create index meeting_patient_node_idx on meeting (patient_node_id) where patient_node_id is not null;
create index meeting_waiting_idx on meeting (tenant_id, doctor_id, waiting_since) where waiting_since is not null and status = 'scheduled';
create index app_user_sign_in_idx on app_user (email) where is_active;
-- Facts held back for another try: the few that can stand in the way of later ones.
create index outbox_held_idx on outbox (tenant_id, key, seq) where available_at > created_at;

-- Named ways around the tenant. Each answers one question of one job, runs as housecall_system, sees by grants and
-- policies only the columns and rows of that question, and can be called by housecall_app alone.

grant select (id, slug) on tenant to housecall_system;
create policy system_find_tenant on tenant for select to housecall_system using (true);
grant select (id, tenant_id, email, is_active) on app_user to housecall_system;
create policy system_find_login on app_user for select to housecall_system using (true);
grant select (id, tenant_id, status, next_deadline_at, doctor_node_id, patient_node_id) on meeting to housecall_system;
create policy system_find_meeting on meeting for select to housecall_system using (true);
grant select, update (attempts, available_at), delete on outbox to housecall_system;
create policy system_read_outbox on outbox for select to housecall_system using (true);
create policy system_retry_outbox on outbox for update to housecall_system using (true) with check (true);
create policy system_done_outbox on outbox for delete to housecall_system using (true);
grant select, insert, update, delete on node to housecall_system;
create policy system_node on node to housecall_system using (true) with check (true);

-- The tenant with this slug, if there is one.
create function find_tenant(p_slug text) returns table (id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select t.id from tenant t where t.slug = p_slug $$;

-- Everybody who may sign in with this address, in whichever tenant.
create function find_login(p_email citext) returns table (tenant_id uuid, user_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select u.tenant_id, u.id from app_user u where u.email = p_email and u.is_active order by u.tenant_id $$;

-- Meetings that the clock alone must change by now, the most overdue first. Claims nothing: lock the row, look again.
create function due_meetings(p_now timestamptz, p_max int) returns table (tenant_id uuid, meeting_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select m.tenant_id, m.id from meeting m where m.next_deadline_at <= p_now order by m.next_deadline_at limit p_max $$;

-- When the clock will next change a meeting, or null.
create function next_meeting_deadline() returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select min(m.next_deadline_at) from meeting m where m.next_deadline_at is not null $$;

-- Facts to deliver now, in order, none that is behind an earlier one of its key which is held back for another try.
-- Takes nothing: one relay at a time holds an advisory lock, delivers, and calls outbox_done in the same transaction.
create function outbox_pending(p_max int) returns setof outbox
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select o.* from outbox o
    where o.available_at <= now() and not exists (
      select from outbox held
      where held.tenant_id = o.tenant_id and held.key = o.key and held.seq < o.seq
        and held.available_at > held.created_at and held.available_at > now()
    )
    order by o.seq limit p_max
  $$;

-- Forgets delivered facts; answers how many there were.
create function outbox_done(p_seqs bigint[]) returns int
  language sql volatile security definer set search_path = pg_catalog, public
  as $$ with gone as (delete from outbox o where o.seq = any (p_seqs) returning 1) select count(*)::int from gone $$;

-- Holds a fact, and with it the later ones of its key, back for a while.
create function outbox_retry(p_seq bigint, p_delay_ms int) returns void
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    update outbox o
    set attempts = o.attempts + 1, available_at = greatest(now(), o.created_at) + make_interval(secs => greatest(p_delay_ms, 1) / 1000.0)
    where o.seq = p_seq
  $$;

-- A process enters with a lease in the database's own time.
create function node_register(p_id uuid, p_ttl_ms int) returns void
  language sql volatile security definer set search_path = pg_catalog, public
  as $$ insert into node (id, lease_until) values (p_id, now() + make_interval(secs => p_ttl_ms / 1000.0)) $$;

-- Renews a lease. False when it has run out or is gone: the seats on that node are lost, it must enter under a new id.
create function node_beat(p_id uuid, p_ttl_ms int) returns boolean
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    with beat as (
      update node n set lease_until = now() + make_interval(secs => p_ttl_ms / 1000.0)
      where n.id = p_id and n.lease_until > now() returning 1
    )
    select exists (select from beat)
  $$;

-- Nodes whose lease has run out, and nodes that a seat names though nobody knows them.
create function node_expired() returns table (id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select n.id from node n where n.lease_until <= now()
    union
    select m.doctor_node_id from meeting m
    where m.doctor_node_id is not null and not exists (select from node n where n.id = m.doctor_node_id)
    union
    select m.patient_node_id from meeting m
    where m.patient_node_id is not null and not exists (select from node n where n.id = m.patient_node_id)
  $$;

-- Ends the lease of every other node: for an embedded database, which only one process can reach. Answers how many.
create function node_expire_others(p_id uuid) returns int
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    with ended as (update node n set lease_until = now() where n.id <> p_id and n.lease_until > now() returning 1)
    select count(*)::int from ended
  $$;

-- Takes a node off the list, once none of its seats is left.
create function node_forget(p_id uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, public
  as $$ delete from node n where n.id = p_id $$;

-- Active meetings with a seat on that node.
create function meetings_of_node(p_node uuid) returns table (tenant_id uuid, meeting_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select m.tenant_id, m.id from meeting m
    where m.status = 'active' and (m.doctor_node_id = p_node or m.patient_node_id = p_node)
    order by m.tenant_id, m.id
  $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  for signature in
    select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
