-- A third person of a meeting: invited by a link, admitted by the doctor (docs/adr/guests.md).

-- CreateEnum
CREATE TYPE "guest_role" AS ENUM ('interpreter', 'carer', 'specialist');

-- CreateEnum
CREATE TYPE "guest_state" AS ENUM ('invited', 'waiting', 'admitted', 'refused', 'removed', 'revoked');

-- CreateTable
CREATE TABLE "meeting_guest" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "role" "guest_role" NOT NULL,
    "state" "guest_state" NOT NULL DEFAULT 'invited',
    "names_patient" BOOLEAN NOT NULL DEFAULT false,
    "link_hash" BYTEA NOT NULL,
    "link_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT,
    "device_session_id" UUID,
    "device_hash" BYTEA,
    "seat" INTEGER NOT NULL DEFAULT 0,
    "node_id" UUID,
    "invited_by_id" UUID NOT NULL,
    "waiting_since" TIMESTAMPTZ(3),
    "admitted_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meeting_guest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "meeting_guest_tenant_id_meeting_id_id_idx" ON "meeting_guest"("tenant_id", "meeting_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_guest_tenant_id_id_key" ON "meeting_guest"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "meeting_guest" ADD CONSTRAINT "meeting_guest_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_guest" ADD CONSTRAINT "meeting_guest_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table meeting_guest enable row level security;
alter table meeting_guest force row level security;
create policy tenant_isolation on meeting_guest using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert, update on meeting_guest to housecall_app;

alter table meeting_guest
  -- Who has opened the link has a name and a browser; who has not has neither.
  add constraint meeting_guest_opened_check check ((name is null) = (device_hash is null) and (name is null) = (device_session_id is null)),
  add constraint meeting_guest_name_check check (case when state in ('waiting', 'admitted', 'refused', 'removed') then name is not null when state = 'invited' then name is null else true end),
  add constraint meeting_guest_closed_check check ((state in ('refused', 'removed', 'revoked')) = (closed_at is not null)),
  add constraint meeting_guest_node_check check (node_id is null or (state = 'admitted' and seat > 0)),
  add constraint meeting_guest_seat_check check (seat >= 0);

-- One third person at a time, however many doors open at once.
create unique index meeting_guest_admitted_idx on meeting_guest (tenant_id, meeting_id) where state = 'admitted';

create index meeting_guest_node_idx on meeting_guest (node_id) where node_id is not null;

-- Named way around the tenant, as in 20261121000100: where a node holds seats, those of guests among them.
grant select (tenant_id, meeting_id, node_id) on meeting_guest to housecall_system;
create policy system_find_guest on meeting_guest for select to housecall_system using (node_id is not null);

create or replace function meetings_of_node(p_node uuid) returns table (tenant_id uuid, meeting_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select m.tenant_id, m.id from meeting m
    where m.status = 'active' and (m.doctor_node_id = p_node or m.patient_node_id = p_node)
    union
    select g.tenant_id, g.meeting_id from meeting_guest g where g.node_id = p_node
    order by 1, 2
  $$;
