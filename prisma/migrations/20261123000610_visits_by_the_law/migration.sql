-- Who somebody is, made sure of at a distance; and what is left of a visit: a rating, a note.

-- AlterTable
ALTER TABLE "patient" ADD COLUMN "birth_date" DATE, ADD COLUMN "guardian_name" TEXT, ADD COLUMN "guardian_relation" TEXT;

-- AlterTable
ALTER TABLE "practitioner" ADD COLUMN "qualification" TEXT;

-- CreateTable
CREATE TABLE "visit_identity" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "confirmed_by_id" UUID NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "age_years" SMALLINT,
    "guardian_name" TEXT,
    "guardian_relation" TEXT,

    CONSTRAINT "visit_identity_pkey" PRIMARY KEY ("tenant_id", "meeting_id")
);

-- CreateTable
CREATE TABLE "visit_rating" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "stars" SMALLINT NOT NULL,
    "words" TEXT,
    "rated_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_rating_pkey" PRIMARY KEY ("tenant_id", "meeting_id")
);

-- CreateTable
CREATE TABLE "visit_note" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_at" TIMESTAMPTZ(3),

    CONSTRAINT "visit_note_pkey" PRIMARY KEY ("tenant_id", "meeting_id")
);

-- CreateTable
CREATE TABLE "visit_note_version" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_note_version_pkey" PRIMARY KEY ("tenant_id", "meeting_id", "version")
);

-- AddForeignKey
ALTER TABLE "visit_identity" ADD CONSTRAINT "visit_identity_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_rating" ADD CONSTRAINT "visit_rating_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_note" ADD CONSTRAINT "visit_note_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_note_version" ADD CONSTRAINT "visit_note_version_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "visit_note"("tenant_id", "meeting_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Row-level security as everywhere (20261121000100).
do $$
declare
  name text;
begin
  foreach name in array array['visit_identity', 'visit_rating', 'visit_note', 'visit_note_version'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert on visit_identity, visit_note_version to housecall_app;
grant select, insert, update on visit_rating, visit_note to housecall_app;

create trigger visit_note_version_append_only before update or delete or truncate on visit_note_version
  for each statement execute function refuse_change();

-- A signed note is as it was signed, whatever the code does.
create function refuse_signed() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$ begin raise exception 'A signed note does not change.' using errcode = 'restrict_violation'; end $$;
create trigger visit_note_signed before update on visit_note
  for each row when (old.signed_at is not null) execute function refuse_signed();

alter table patient
  add constraint patient_birth_date_check check (birth_date between date '1850-01-01' and date '2199-12-31'),
  add constraint patient_guardian_check check ((guardian_name is null) = (guardian_relation is null));
alter table visit_identity
  add constraint visit_identity_age_check check (age_years between 0 and 150),
  add constraint visit_identity_guardian_check check ((guardian_name is null) = (guardian_relation is null)),
  add constraint visit_identity_minor_check check (age_years is null or age_years >= 18 or guardian_name is not null);
alter table visit_rating add constraint visit_rating_stars_check check (stars between 1 and 5);
alter table visit_note add constraint visit_note_version_check check (version >= 1);
