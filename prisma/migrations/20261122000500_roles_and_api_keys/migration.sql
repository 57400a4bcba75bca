-- The clinic's own roles, keys for services, and what an operator may ask about the installation.

alter table app_user
  add column must_change_password boolean not null default false,
  add column last_sign_in_at timestamptz(3);

create table clinic_role (
  id uuid not null,
  tenant_id uuid not null,
  key text not null,
  name text not null,
  description text not null default '',
  scopes text[],
  created_at timestamptz(3) not null default current_timestamp,
  updated_at timestamptz(3) not null default current_timestamp,
  constraint clinic_role_pkey primary key (id),
  constraint clinic_role_key_check check (key ~ '^[a-z][a-z0-9-]{1,39}$' and key not in ('patient', 'doctor', 'lab', 'staff', 'admin')),
  constraint clinic_role_scopes_check check (scopes is not null)
);
create unique index clinic_role_tenant_id_id_key on clinic_role (tenant_id, id);
create unique index clinic_role_tenant_id_key_key on clinic_role (tenant_id, key);
alter table clinic_role add constraint clinic_role_tenant_id_fkey
  foreign key (tenant_id) references tenant (id) on delete restrict on update cascade;

create table user_role (
  tenant_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  constraint user_role_pkey primary key (tenant_id, user_id, role_id)
);
create index user_role_tenant_id_role_id_idx on user_role (tenant_id, role_id);
alter table user_role
  add constraint user_role_tenant_id_fkey
    foreign key (tenant_id) references tenant (id) on delete restrict on update cascade,
  add constraint user_role_tenant_id_user_id_fkey
    foreign key (tenant_id, user_id) references app_user (tenant_id, id) on delete cascade on update cascade,
  add constraint user_role_tenant_id_role_id_fkey
    foreign key (tenant_id, role_id) references clinic_role (tenant_id, id) on delete restrict on update cascade;

create table api_key (
  id uuid not null,
  tenant_id uuid not null,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[],
  created_by uuid not null,
  created_at timestamptz(3) not null default current_timestamp,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  revoked_by uuid,
  constraint api_key_pkey primary key (id),
  constraint api_key_prefix_check check (prefix ~ '^[a-z0-9]{12}$'),
  constraint api_key_hash_check check (octet_length(hash) = 32),
  constraint api_key_scopes_check check (cardinality(scopes) > 0),
  constraint api_key_expires_at_check check (expires_at > created_at and expires_at <= created_at + interval '366 days')
);
create unique index api_key_prefix_key on api_key (prefix);
create unique index api_key_tenant_id_id_key on api_key (tenant_id, id);
create index api_key_tenant_id_created_at_id_idx on api_key (tenant_id, created_at, id);
alter table api_key
  add constraint api_key_tenant_id_fkey
    foreign key (tenant_id) references tenant (id) on delete restrict on update cascade,
  add constraint api_key_tenant_id_created_by_fkey
    foreign key (tenant_id, created_by) references app_user (tenant_id, id) on delete restrict on update cascade,
  add constraint api_key_tenant_id_revoked_by_fkey
    foreign key (tenant_id, revoked_by) references app_user (tenant_id, id) on delete restrict on update cascade;

do $$
declare
  name text;
begin
  foreach name in array array['clinic_role', 'user_role', 'api_key'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update, delete on clinic_role to housecall_app;
grant select, insert, delete on user_role to housecall_app;
-- What a key may and whose it is never changes, and a key stays on record.
grant select, insert, update (last_used_at, revoked_at, revoked_by) on api_key to housecall_app;

-- Named ways around the tenant (see row_level_security).

grant select (id, tenant_id, prefix, hash, scopes, expires_at, revoked_at) on api_key to housecall_system;
create policy system_find_api_key on api_key for select to housecall_system using (true);
-- Not there while Prisma replays the migrations to compare them with the schema.
do $$
begin
  if to_regclass('public._prisma_migrations') is not null then
    grant select (migration_name, finished_at, rolled_back_at) on public._prisma_migrations to housecall_system;
  end if;
end $$;

-- The key with this prefix, unless it is revoked or has run out. Who calls compares the hash.
create function find_api_key(p_prefix text)
  returns table (tenant_id uuid, id uuid, hash bytea, scopes text[], expires_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select k.tenant_id, k.id, k.hash, k.scopes, k.expires_at from api_key k
    where k.prefix = p_prefix and k.revoked_at is null and k.expires_at > now()
  $$;

-- Every process that has a lease or had one, the oldest first.
create function node_list() returns table (id uuid, started_at timestamptz, lease_until timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select n.id, n.started_at, n.lease_until from node n order by n.started_at, n.id $$;

-- How many facts wait, how many of them were tried in vain, and since when the oldest waits.
create function outbox_lag() returns table (waiting int, retried int, oldest timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select count(*)::int, (count(*) filter (where o.attempts > 0))::int, min(o.created_at) from outbox o $$;

-- The migrations that were applied, in order. In plpgsql, because it is not checked before it is called.
create function applied_migrations() returns table (name text, finished_at timestamptz)
  language plpgsql stable security definer set search_path = pg_catalog, public
  as $$
  begin
    return query
      select m.migration_name::text, m.finished_at from _prisma_migrations m
      where m.finished_at is not null and m.rolled_back_at is null order by m.migration_name;
  end $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  foreach signature in array array['find_api_key(text)', 'node_list()', 'outbox_lag()', 'applied_migrations()'] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
