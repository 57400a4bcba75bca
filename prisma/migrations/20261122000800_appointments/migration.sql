-- Appointments, their timeline and reminders, and the waiting list.

-- A meeting's appointment is a real one from here on. Until now the column could only hold ids of nothing. The tables are
-- bound by row-level security, their owner too.
alter table meeting no force row level security;
update meeting set appointment_id = null where appointment_id is not null;
alter table meeting force row level security;

-- CreateEnum
CREATE TYPE "appointment_status" AS ENUM ('pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow');

-- CreateEnum
CREATE TYPE "no_show_side" AS ENUM ('doctor', 'patient', 'both');

-- CreateEnum
CREATE TYPE "reminder_state" AS ENUM ('pending', 'sent', 'skipped', 'cancelled');

-- CreateEnum
CREATE TYPE "waitlist_state" AS ENUM ('waiting', 'offered', 'booked', 'left', 'expired');

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "location_id" UUID,
    "room_id" UUID,
    "modality" "visit_modality" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "busy_from" TIMESTAMPTZ(3) NOT NULL,
    "busy_until" TIMESTAMPTZ(3) NOT NULL,
    "lane" SMALLINT NOT NULL DEFAULT 1,
    "status" "appointment_status" NOT NULL,
    "hold_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "cancel_code" TEXT,
    "cancel_reason" TEXT,
    "cancelled_by" TEXT,
    "cancelled_late" BOOLEAN NOT NULL DEFAULT false,
    "no_show_side" "no_show_side",
    "price_minor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "series_id" UUID,
    "waitlist_entry_id" UUID,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_event" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment_reminder" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "minutes_before" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "reminder_state" NOT NULL DEFAULT 'pending',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waitlist_entry" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "practitioner_id" UUID,
    "modality" "visit_modality",
    "window_from" TIMESTAMPTZ(3) NOT NULL,
    "window_until" TIMESTAMPTZ(3) NOT NULL,
    "state" "waitlist_state" NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitlist_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appointment_tenant_id_starts_at_id_idx" ON "appointment"("tenant_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_tenant_id_practitioner_id_starts_at_id_idx" ON "appointment"("tenant_id", "practitioner_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_tenant_id_patient_id_starts_at_id_idx" ON "appointment"("tenant_id", "patient_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "appointment_tenant_id_location_id_starts_at_id_idx" ON "appointment"("tenant_id", "location_id", "starts_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_tenant_id_id_key" ON "appointment"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "appointment_event_tenant_id_appointment_id_id_idx" ON "appointment_event"("tenant_id", "appointment_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_reminder_tenant_id_appointment_id_minutes_befor_key" ON "appointment_reminder"("tenant_id", "appointment_id", "minutes_before");

-- CreateIndex
CREATE INDEX "waitlist_entry_tenant_id_patient_id_id_idx" ON "waitlist_entry"("tenant_id", "patient_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "waitlist_entry_tenant_id_id_key" ON "waitlist_entry"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_tenant_id_appointment_id_key" ON "meeting"("tenant_id", "appointment_id");

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_patient_id_fkey" FOREIGN KEY ("tenant_id", "patient_id") REFERENCES "patient"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_service_id_fkey" FOREIGN KEY ("tenant_id", "service_id") REFERENCES "service"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_location_id_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_location_id_room_id_fkey" FOREIGN KEY ("tenant_id", "location_id", "room_id") REFERENCES "room"("tenant_id", "location_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_tenant_id_waitlist_entry_id_fkey" FOREIGN KEY ("tenant_id", "waitlist_entry_id") REFERENCES "waitlist_entry"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_event" ADD CONSTRAINT "appointment_event_tenant_id_appointment_id_fkey" FOREIGN KEY ("tenant_id", "appointment_id") REFERENCES "appointment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_reminder" ADD CONSTRAINT "appointment_reminder_tenant_id_appointment_id_fkey" FOREIGN KEY ("tenant_id", "appointment_id") REFERENCES "appointment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_tenant_id_patient_id_fkey" FOREIGN KEY ("tenant_id", "patient_id") REFERENCES "patient"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_tenant_id_service_id_fkey" FOREIGN KEY ("tenant_id", "service_id") REFERENCES "service"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_tenant_id_appointment_id_fkey" FOREIGN KEY ("tenant_id", "appointment_id") REFERENCES "appointment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Row-level security as everywhere (20261121000100).
do $$
declare
  name text;
begin
  foreach name in array array['appointment', 'appointment_event', 'appointment_reminder', 'waitlist_entry'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update on appointment, appointment_reminder, waitlist_entry to housecall_app;
grant select, insert on appointment_event to housecall_app;

create trigger appointment_event_append_only before update or delete or truncate on appointment_event
  for each statement execute function refuse_change();

-- What is true of every appointment, whatever the code does.
alter table appointment
  add constraint appointment_period_check check (ends_at > starts_at and busy_from <= starts_at and busy_until >= ends_at),
  add constraint appointment_lane_check check (lane >= 1),
  add constraint appointment_hold_check check ((status = 'pending') = (hold_until is not null)),
  add constraint appointment_cancel_check check (
    (status = 'cancelled') = (cancelled_by is not null) and (status = 'cancelled') = (cancel_code is not null)
    and (cancel_reason is null or status = 'cancelled') and (not cancelled_late or status = 'cancelled')
  ),
  add constraint appointment_no_show_check check ((status = 'noshow') = (no_show_side is not null)),
  add constraint appointment_place_check check (room_id is null or location_id is not null),
  add constraint appointment_price_check check (price_minor >= 0),
  add constraint appointment_numbers_check check (version >= 1 and sequence >= 0);
alter table appointment_reminder add constraint appointment_reminder_offset_check check (minutes_before > 0);
alter table waitlist_entry add constraint waitlist_entry_window_check check (window_until > window_from);

-- No double booking, by whomever and however it races. One practitioner: no overlap of busy times, buffers included, but
-- for a group that begins together, whose members have a lane each. One patient: no overlap of visits; what is only offered
-- to them does not bind them. One room: nobody else's visit; a group shares it.
alter table appointment
  add constraint appointment_practitioner_free exclude using gist
    (practitioner_id with =, tstzrange(busy_from, busy_until, '[)') with &&, starts_at with <>, tenant_id with =)
    where (status in ('pending', 'booked', 'arrived')),
  add constraint appointment_patient_free exclude using gist
    (patient_id with =, tstzrange(starts_at, ends_at, '[)') with &&, tenant_id with =)
    where (status in ('booked', 'arrived')),
  add constraint appointment_room_free exclude using gist
    (room_id with =, tstzrange(starts_at, ends_at, '[)') with &&, practitioner_id with <>, tenant_id with =)
    where (room_id is not null and status in ('pending', 'booked', 'arrived'));
create unique index appointment_lane_free on appointment (tenant_id, practitioner_id, starts_at, lane)
  where status in ('pending', 'booked', 'arrived');

create index appointment_series_idx on appointment (tenant_id, series_id, starts_at) where series_id is not null;
create index appointment_waitlist_idx on appointment (tenant_id, waitlist_entry_id) where waitlist_entry_id is not null;
create index appointment_hold_idx on appointment (hold_until) where hold_until is not null;
create index appointment_reminder_due_idx on appointment_reminder (due_at) where state = 'pending';
create index waitlist_entry_turn_idx on waitlist_entry (tenant_id, service_id, created_at, id) where state = 'waiting';

-- The times that are taken, for the search for free ones.
create or replace view busy_time with (security_invoker = true) as
  select tenant_id, id as appointment_id, practitioner_id, location_id, room_id, service_id, modality,
    starts_at, ends_at, busy_from, busy_until
  from appointment where status in ('pending', 'booked', 'arrived');

-- Named way around the tenant: what the clock alone owes appointments, and when it next will.
grant select (id, tenant_id, hold_until) on appointment to housecall_system;
create policy system_find_hold on appointment for select to housecall_system using (hold_until is not null);
grant select (id, tenant_id, state, due_at) on appointment_reminder to housecall_system;
create policy system_find_reminder on appointment_reminder for select to housecall_system using (state = 'pending');

-- Offers that have run out and reminders that are due, the most overdue first. Claims nothing: lock the row, look again.
create function due_appointments(p_now timestamptz, p_max int) returns table (tenant_id uuid, kind text, id uuid)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select due.tenant_id, due.kind, due.id from (
      (select a.tenant_id, 'offer' as kind, a.id, a.hold_until as at from appointment a
       where a.hold_until <= p_now order by a.hold_until limit p_max)
      union all
      (select r.tenant_id, 'reminder', r.id, r.due_at from appointment_reminder r
       where r.state = 'pending' and r.due_at <= p_now order by r.due_at limit p_max)
    ) due order by due.at limit p_max
  $$;

-- When the clock will next owe an appointment something, or null.
create function next_appointment_deadline() returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select least(
      (select min(a.hold_until) from appointment a where a.hold_until is not null),
      (select min(r.due_at) from appointment_reminder r where r.state = 'pending'))
  $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  foreach signature in array array['due_appointments(timestamptz, int)', 'next_appointment_deadline()'] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
