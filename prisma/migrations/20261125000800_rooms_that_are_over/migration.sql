-- A node that did not hear of a meeting's end finds it here, and closes the room.
drop function rooms_of_node(uuid);

-- The rooms that a node holds, and which of them are of meetings that do not go on.
create function rooms_of_node(p_node uuid) returns table (tenant_id uuid, meeting_id uuid, epoch int, is_over boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select r.tenant_id, r.meeting_id, r.epoch, m.status <> 'active'
    from meeting_room r join meeting m on m.tenant_id = r.tenant_id and m.id = r.meeting_id
    where r.node_id = p_node
  $$;

grant create on schema public to housecall_system;
revoke all on function rooms_of_node(uuid) from public;
grant execute on function rooms_of_node(uuid) to housecall_app;
alter function rooms_of_node(uuid) owner to housecall_system;
revoke create on schema public from housecall_system;
