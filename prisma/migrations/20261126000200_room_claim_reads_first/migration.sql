-- Whoever enters a room asks who holds it, and mostly it is held: that is read, and nothing is locked, written or flushed for it.
-- Nothing else is new: what was read may be another's a moment later, as it always could, and is told by its number.
drop function room_claim(uuid, uuid, uuid, uuid, uuid, int);

-- Gives the room of an active meeting to p_node if nobody holds it, or only a node whose lease has run out, or the one that
-- the caller has found dead; who holds it then, and the number of this holding. Nothing while the caller's own lease is over:
-- a node that was frozen or cut off gets nothing, whatever it believes.
create function room_claim(p_tenant uuid, p_meeting uuid, p_caller uuid, p_node uuid, p_deposed uuid, p_deposed_epoch int)
  returns table (holder uuid, holding int)
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
  as $$
    begin
      if not exists (select from node n where n.id = p_caller and n.lease_until > now()) then
        return;
      end if;
      return query
        select r.node_id, r.epoch
        from meeting_room r
        join meeting m on m.tenant_id = r.tenant_id and m.id = r.meeting_id
        join node n on n.id = r.node_id
        where r.tenant_id = p_tenant and r.meeting_id = p_meeting and m.status = 'active' and n.lease_until > now()
          and (r.node_id is distinct from p_deposed or r.epoch is distinct from p_deposed_epoch);
      if found then
        return;
      end if;
      return query
        insert into meeting_room as r (tenant_id, meeting_id, node_id, epoch)
        select m.tenant_id, m.id, p_node, 1 from meeting m
        where m.tenant_id = p_tenant and m.id = p_meeting and m.status = 'active'
        on conflict (tenant_id, meeting_id) do update
          set node_id = p_node, epoch = r.epoch + 1, claimed_at = now()
          where r.node_id is null
            or (r.node_id = p_deposed and r.epoch = p_deposed_epoch)
            or not exists (select from node n where n.id = r.node_id and n.lease_until > now())
        returning r.node_id, r.epoch;
      if not found then
        return query
          select r.node_id, r.epoch from meeting_room r join meeting m on m.tenant_id = r.tenant_id and m.id = r.meeting_id
          where r.tenant_id = p_tenant and r.meeting_id = p_meeting and m.status = 'active';
      end if;
    end
  $$;

grant create on schema public to housecall_system;
revoke all on function room_claim(uuid, uuid, uuid, uuid, uuid, int) from public;
grant execute on function room_claim(uuid, uuid, uuid, uuid, uuid, int) to housecall_app;
alter function room_claim(uuid, uuid, uuid, uuid, uuid, int) owner to housecall_system;
revoke create on schema public from housecall_system;
