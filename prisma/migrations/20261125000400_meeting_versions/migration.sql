-- How far meetings have come, for a node that has missed facts and asks once for all that its sockets sit or wait in.
-- A named way around the tenant, as in 20261121000100: those sockets are of many clinics.
grant select (version) on meeting to housecall_system;
create function meeting_versions(p_meetings uuid[]) returns table (id uuid, version int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select m.id, m.version from meeting m where m.id = any (p_meetings) $$;

grant create on schema public to housecall_system;
revoke all on function meeting_versions(uuid[]) from public;
grant execute on function meeting_versions(uuid[]) to housecall_app;
alter function meeting_versions(uuid[]) owner to housecall_system;
revoke create on schema public from housecall_system;
