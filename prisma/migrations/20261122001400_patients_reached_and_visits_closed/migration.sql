-- How a patient is reached, and visits on site that nobody closes.

CREATE TYPE "reminder_channel" AS ENUM ('mail', 'none');

ALTER TABLE "patient" ADD COLUMN "language" TEXT, ADD COLUMN "reminder_channel" "reminder_channel" NOT NULL DEFAULT 'mail';
alter table patient add constraint patient_language_check check (language ~ '^[a-z]{2,3}$');

ALTER TABLE "appointment" ADD COLUMN "close_at" TIMESTAMPTZ(3);
alter table appointment add constraint appointment_close_check check (close_at is null or status in ('booked', 'arrived'));
create index appointment_close_idx on appointment (close_at) where close_at is not null;

-- Those that are there already. The table is bound by row-level security, its owner too.
alter table appointment no force row level security;
update appointment set close_at = ends_at + interval '24 hours'
where modality = 'in_person' and status in ('booked', 'arrived');
alter table appointment force row level security;

-- Named way around the tenant, as in 20261122000800: the clock closes them.
grant select (close_at) on appointment to housecall_system;
create policy system_find_close on appointment for select to housecall_system using (close_at is not null);

create or replace function due_appointments(p_now timestamptz, p_max int) returns table (tenant_id uuid, kind text, id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select due.tenant_id, due.kind, due.id from (
      (select a.tenant_id, 'offer' as kind, a.id, a.hold_until as at from appointment a
       where a.hold_until <= p_now order by a.hold_until limit p_max)
      union all
      (select a.tenant_id, 'close', a.id, a.close_at from appointment a
       where a.close_at <= p_now order by a.close_at limit p_max)
      union all
      (select r.tenant_id, 'reminder', r.id, r.due_at from appointment_reminder r
       where r.state = 'pending' and r.due_at <= p_now order by r.due_at limit p_max)
    ) due order by due.at limit p_max
  $$;

create or replace function next_appointment_deadline() returns timestamptz
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select least(
      (select min(a.hold_until) from appointment a where a.hold_until is not null),
      (select min(a.close_at) from appointment a where a.close_at is not null),
      (select min(r.due_at) from appointment_reminder r where r.state = 'pending'))
  $$;
