-- Which node holds the live room of a meeting, where several share the work (docs/adr/cluster.md).

-- CreateTable
CREATE TABLE "meeting_room" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "node_id" UUID,
    "epoch" INTEGER NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meeting_room_pkey" PRIMARY KEY ("tenant_id","meeting_id")
);

-- AddForeignKey
ALTER TABLE "meeting_room" ADD CONSTRAINT "meeting_room_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table meeting_room add constraint meeting_room_epoch_check check (epoch >= 1);
create index meeting_room_node_idx on meeting_room (node_id) where node_id is not null;

-- Row-level security as everywhere (20261121000100). The server changes it by the functions below alone.
alter table meeting_room enable row level security;
alter table meeting_room force row level security;
create policy tenant_isolation on meeting_room using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select on meeting_room to housecall_app;

-- Named ways around the tenant, as in 20261121000100: of a node, which does not belong to one.
grant select, insert, update on meeting_room to housecall_system;
create policy system_room on meeting_room to housecall_system using (true) with check (true);

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

-- Gives a room back, if that holding is still the present one.
create function room_release(p_tenant uuid, p_meeting uuid, p_node uuid, p_epoch int) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp
  as $$
    update meeting_room r set node_id = null
    where r.tenant_id = p_tenant and r.meeting_id = p_meeting and r.node_id = p_node and r.epoch = p_epoch
  $$;

-- The rooms that a node holds.
create function rooms_of_node(p_node uuid) returns table (tenant_id uuid, meeting_id uuid, epoch int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select r.tenant_id, r.meeting_id, r.epoch from meeting_room r where r.node_id = p_node $$;

grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  foreach signature in array array['room_claim(uuid, uuid, uuid, uuid, uuid, int)', 'room_release(uuid, uuid, uuid, int)', 'rooms_of_node(uuid)'] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
