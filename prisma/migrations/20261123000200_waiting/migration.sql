-- The waiting room: what the patient's device said, moved places, and what is written while waiting.

-- CreateTable
CREATE TABLE "waiting" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "network" TEXT,
    "devices" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "place" TIMESTAMPTZ(3),
    "place_since" TIMESTAMPTZ(3),
    "move_reason" TEXT,
    "patient_read_at" TIMESTAMPTZ(3),
    "clinic_read_at" TIMESTAMPTZ(3),

    CONSTRAINT "waiting_pkey" PRIMARY KEY ("tenant_id","meeting_id")
);

-- CreateTable
CREATE TABLE "waiting_line" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "from_role" TEXT NOT NULL,
    "from_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waiting_line_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "waiting_line_tenant_id_meeting_id_id_idx" ON "waiting_line"("tenant_id", "meeting_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "waiting_line_tenant_id_meeting_id_from_id_client_id_key" ON "waiting_line"("tenant_id", "meeting_id", "from_id", "client_id");

-- AddForeignKey
ALTER TABLE "waiting" ADD CONSTRAINT "waiting_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_line" ADD CONSTRAINT "waiting_line_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table waiting
  add constraint waiting_network_check check (network in ('good', 'fair', 'poor')),
  add constraint waiting_devices_check check (devices in ('passed', 'failed')),
  add constraint waiting_place_check check ((place is null) = (place_since is null));
alter table waiting_line
  add constraint waiting_line_from_role_check check (from_role in ('patient', 'doctor', 'staff'));

-- Row-level security as everywhere (20261121000100).
do $$
declare
  name text;
begin
  foreach name in array array['waiting', 'waiting_line'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update on waiting to housecall_app;
-- What was said stays as it was said.
grant select, insert on waiting_line to housecall_app;
