-- Directory, catalogue and working hours: whom, where, what and when a patient may book.

-- Names are found though mistyped (pg_trgm) or without their accents (unaccent); overlaps are refused by the database
-- itself (btree_gist). All three come with PostgreSQL and are "trusted", so the owner of the database may create them.
do $$
declare
  name text;
begin
  foreach name in array array['pg_trgm', 'unaccent', 'btree_gist'] loop
    if not exists (select from pg_extension where extname = name) then
      begin
        execute format('create extension %I with schema public', name);
      exception
        when insufficient_privilege then
          raise exception 'The extension % is missing and % may not create it.', name, current_user using
            errcode = 'insufficient_privilege',
            hint = 'An administrator must run once in this database: create extension pg_trgm with schema public; create extension unaccent with schema public; create extension btree_gist with schema public;';
        when undefined_file or feature_not_supported then
          raise exception 'This PostgreSQL has no extension %.', name using
            errcode = 'feature_not_supported',
            hint = 'Install the contrib modules of PostgreSQL (Debian: postgresql-contrib), or allow the extension on a managed server.';
      end;
    end if;
  end loop;
end $$;

-- CreateEnum
CREATE TYPE "visit_modality" AS ENUM ('video', 'in_person');

-- CreateEnum
CREATE TYPE "offered_modality" AS ENUM ('video', 'in_person', 'both');

-- CreateEnum
CREATE TYPE "availability_exception_kind" AS ENUM ('leave', 'extra');

-- AlterTable
ALTER TABLE "practitioner" ADD COLUMN     "bio" TEXT,
ADD COLUMN     "is_accepting_patients" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "is_active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "languages" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "registration_authority" TEXT,
ADD COLUMN     "registration_number" TEXT;

-- CreateTable
CREATE TABLE "practitioner_specialty" (
    "tenant_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "system" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "display" TEXT NOT NULL,

    CONSTRAINT "practitioner_specialty_pkey" PRIMARY KEY ("tenant_id","practitioner_id","system","code")
);

-- CreateTable
CREATE TABLE "location" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "address_lines" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "city" TEXT NOT NULL,
    "region" TEXT,
    "postal_code" TEXT,
    "country" CHAR(2) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practitioner_location" (
    "tenant_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,

    CONSTRAINT "practitioner_location_pkey" PRIMARY KEY ("tenant_id","practitioner_id","location_id")
);

-- CreateTable
CREATE TABLE "service" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "code_system" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "duration_minutes" SMALLINT NOT NULL,
    "price_minor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "modality" "offered_modality" NOT NULL,
    "buffer_before_minutes" SMALLINT NOT NULL DEFAULT 0,
    "buffer_after_minutes" SMALLINT NOT NULL DEFAULT 0,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practitioner_service" (
    "tenant_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,

    CONSTRAINT "practitioner_service_pkey" PRIMARY KEY ("tenant_id","practitioner_id","service_id")
);

-- CreateTable
CREATE TABLE "availability_rule" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "location_id" UUID,
    "room_id" UUID,
    "modality" "offered_modality" NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "start_minute" SMALLINT NOT NULL,
    "end_minute" SMALLINT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "step_minutes" SMALLINT,
    "capacity" SMALLINT NOT NULL DEFAULT 1,
    "lead_minutes" INTEGER NOT NULL DEFAULT 0,
    "buffer_before_minutes" SMALLINT NOT NULL DEFAULT 0,
    "buffer_after_minutes" SMALLINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_rule_service" (
    "tenant_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,

    CONSTRAINT "availability_rule_service_pkey" PRIMARY KEY ("tenant_id","rule_id","service_id")
);

-- CreateTable
CREATE TABLE "availability_exception" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" "availability_exception_kind" NOT NULL,
    "practitioner_id" UUID,
    "location_id" UUID,
    "room_id" UUID,
    "starts_on" DATE NOT NULL,
    "start_minute" SMALLINT NOT NULL DEFAULT 0,
    "ends_on" DATE NOT NULL,
    "end_minute" SMALLINT NOT NULL DEFAULT 1440,
    "modality" "offered_modality",
    "step_minutes" SMALLINT,
    "capacity" SMALLINT NOT NULL DEFAULT 1,
    "lead_minutes" INTEGER NOT NULL DEFAULT 0,
    "buffer_before_minutes" SMALLINT NOT NULL DEFAULT 0,
    "buffer_after_minutes" SMALLINT NOT NULL DEFAULT 0,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_exception_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "practitioner_specialty_tenant_id_code_idx" ON "practitioner_specialty"("tenant_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "location_tenant_id_id_key" ON "location"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "room_tenant_id_id_key" ON "room"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "room_tenant_id_location_id_id_key" ON "room"("tenant_id", "location_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "room_tenant_id_location_id_name_key" ON "room"("tenant_id", "location_id", "name");

-- CreateIndex
CREATE INDEX "practitioner_location_tenant_id_location_id_idx" ON "practitioner_location"("tenant_id", "location_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_tenant_id_id_key" ON "service"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "service_tenant_id_code_system_code_key" ON "service"("tenant_id", "code_system", "code");

-- CreateIndex
CREATE INDEX "practitioner_service_tenant_id_service_id_idx" ON "practitioner_service"("tenant_id", "service_id");

-- CreateIndex
CREATE INDEX "availability_rule_tenant_id_practitioner_id_weekday_idx" ON "availability_rule"("tenant_id", "practitioner_id", "weekday");

-- CreateIndex
CREATE INDEX "availability_rule_tenant_id_location_id_idx" ON "availability_rule"("tenant_id", "location_id");

-- CreateIndex
CREATE UNIQUE INDEX "availability_rule_tenant_id_id_key" ON "availability_rule"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "availability_rule_service_tenant_id_service_id_idx" ON "availability_rule_service"("tenant_id", "service_id");

-- CreateIndex
CREATE INDEX "availability_exception_tenant_id_ends_on_idx" ON "availability_exception"("tenant_id", "ends_on");

-- CreateIndex
CREATE UNIQUE INDEX "availability_exception_tenant_id_id_key" ON "availability_exception"("tenant_id", "id");

-- AddForeignKey
ALTER TABLE "practitioner_specialty" ADD CONSTRAINT "practitioner_specialty_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "location" ADD CONSTRAINT "location_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room" ADD CONSTRAINT "room_tenant_id_location_id_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner_location" ADD CONSTRAINT "practitioner_location_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner_location" ADD CONSTRAINT "practitioner_location_tenant_id_location_id_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner_service" ADD CONSTRAINT "practitioner_service_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practitioner_service" ADD CONSTRAINT "practitioner_service_tenant_id_service_id_fkey" FOREIGN KEY ("tenant_id", "service_id") REFERENCES "service"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_tenant_id_location_id_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_tenant_id_location_id_room_id_fkey" FOREIGN KEY ("tenant_id", "location_id", "room_id") REFERENCES "room"("tenant_id", "location_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule_service" ADD CONSTRAINT "availability_rule_service_tenant_id_rule_id_fkey" FOREIGN KEY ("tenant_id", "rule_id") REFERENCES "availability_rule"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule_service" ADD CONSTRAINT "availability_rule_service_tenant_id_service_id_fkey" FOREIGN KEY ("tenant_id", "service_id") REFERENCES "service"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_tenant_id_location_id_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_tenant_id_location_id_room_id_fkey" FOREIGN KEY ("tenant_id", "location_id", "room_id") REFERENCES "room"("tenant_id", "location_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A name as it is sorted and searched: small letters, no accents, no titles. Immutable although unaccent is not declared
-- so: its dictionary is named, and changing that file would take a reindex.
create function search_key(p_name text) returns text language sql immutable strict parallel safe
  as $$
    select coalesce(nullif(btrim(regexp_replace(regexp_replace(plain, '\m(dr|doctor|prof|professor|mr|mrs|ms|sri|smt)\M\.?', ' ', 'g'), '\s+', ' ', 'g')), ''), plain)
    from (select lower(public.unaccent('public.unaccent'::regdictionary, p_name)) as plain) as bare
  $$;
create index practitioner_sort_idx on practitioner (tenant_id, search_key(name), id);
create index location_sort_idx on location (tenant_id, search_key(name), id);
create index service_sort_idx on service (tenant_id, search_key(name), id);

do $$
declare
  name text;
begin
  foreach name in array array['practitioner_specialty', 'location', 'room', 'practitioner_location', 'service', 'practitioner_service', 'availability_rule', 'availability_rule_service', 'availability_exception'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

-- What a visit may name stays and is only switched off; links and hours come and go.
grant select, insert, update on location, room, service to housecall_app;
grant select, insert, update, delete on practitioner_specialty, practitioner_location, practitioner_service, availability_rule, availability_rule_service, availability_exception to housecall_app;

alter table service
  add constraint service_duration_check check (duration_minutes between 1 and 1440),
  add constraint service_price_check check (price_minor >= 0),
  add constraint service_currency_check check (currency ~ '^[A-Z]{3}$'),
  add constraint service_buffer_check check (buffer_before_minutes between 0 and 240 and buffer_after_minutes between 0 and 240);

alter table location
  add constraint location_country_check check (country ~ '^[A-Z]{2}$');

alter table availability_rule
  add constraint availability_rule_weekday_check check (weekday between 1 and 7),
  add constraint availability_rule_period_check check (start_minute >= 0 and start_minute < end_minute and end_minute <= 1440),
  add constraint availability_rule_validity_check check (valid_from <= valid_to),
  add constraint availability_rule_step_check check (step_minutes between 1 and 1440),
  add constraint availability_rule_capacity_check check (capacity between 1 and 100),
  add constraint availability_rule_lead_check check (lead_minutes between 0 and 525600),
  add constraint availability_rule_buffer_check check (buffer_before_minutes between 0 and 240 and buffer_after_minutes between 0 and 240),
  add constraint availability_rule_place_check check (location_id is not null or (room_id is null and modality = 'video')),
  -- Nobody works in two places at once.
  add constraint availability_rule_overlap_excl exclude using gist (
    tenant_id with =, practitioner_id with =, weekday with =,
    int4range(start_minute::int, end_minute::int) with &&,
    daterange(valid_from, valid_to, '[]') with &&
  );

alter table availability_exception
  add constraint availability_exception_minutes_check check (start_minute between 0 and 1439 and end_minute between 1 and 1440),
  add constraint availability_exception_period_check check (starts_on < ends_on or (starts_on = ends_on and start_minute < end_minute)),
  add constraint availability_exception_step_check check (step_minutes between 1 and 1440),
  add constraint availability_exception_capacity_check check (capacity between 1 and 100),
  add constraint availability_exception_lead_check check (lead_minutes between 0 and 525600),
  add constraint availability_exception_buffer_check check (buffer_before_minutes between 0 and 240 and buffer_after_minutes between 0 and 240),
  add constraint availability_exception_room_check check (room_id is null or location_id is not null),
  -- Extra hours are somebody's, within one day, by video or somewhere.
  add constraint availability_exception_extra_check check (
    case kind
      when 'extra' then practitioner_id is not null and starts_on = ends_on and modality is not null and (location_id is not null or modality = 'video')
      else modality is null and step_minutes is null and room_id is null
    end
  ),
  add constraint availability_exception_overlap_excl exclude using gist (
    tenant_id with =, practitioner_id with =,
    tsrange(starts_on + start_minute * interval '1 minute', ends_on + end_minute * interval '1 minute') with &&
  ) where (kind = 'extra');

-- The times that are taken, as the search for free ones sees them; `busy_from` to `busy_until` include the buffers. The
-- appointments come into it with their own migration. As whoever asks, so that row-level security holds below it.
create view busy_time with (security_invoker = true) as
  select
    null::uuid as tenant_id, null::uuid as appointment_id, null::uuid as practitioner_id,
    null::uuid as location_id, null::uuid as room_id, null::uuid as service_id,
    null::visit_modality as modality,
    null::timestamptz(3) as starts_at, null::timestamptz(3) as ends_at,
    null::timestamptz(3) as busy_from, null::timestamptz(3) as busy_until
  where false;
grant select on busy_time to housecall_app;
