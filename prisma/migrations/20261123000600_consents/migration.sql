-- What patients have agreed to, and how each visit came to be agreed to.

-- CreateEnum
CREATE TYPE "consent_status" AS ENUM ('active', 'inactive');

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "meeting_id" UUID,
    "policy_id" TEXT,
    "language" TEXT,
    "purpose" TEXT NOT NULL,
    "scope" TEXT[],
    "granted_by" TEXT NOT NULL,
    "status" "consent_status" NOT NULL DEFAULT 'active',
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoke_reason" TEXT,
    "revoke_notes" TEXT,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_event" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "consent_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_event_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "meeting" ADD COLUMN "consent" TEXT, ADD COLUMN "consent_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "consent_tenant_id_patient_id_id_idx" ON "consent"("tenant_id", "patient_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_tenant_id_id_key" ON "consent"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "consent_event_tenant_id_consent_id_id_idx" ON "consent_event"("tenant_id", "consent_id", "id");

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_tenant_id_patient_id_fkey" FOREIGN KEY ("tenant_id", "patient_id") REFERENCES "patient"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_tenant_id_consent_id_fkey" FOREIGN KEY ("tenant_id", "consent_id") REFERENCES "consent"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Row-level security as everywhere (20261121000100).
do $$
declare
  name text;
begin
  foreach name in array array['consent', 'consent_event'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

-- Of a consent nothing changes but that it is revoked.
grant select, insert, update (status, revoked_at, revoke_reason, revoke_notes) on consent to housecall_app;
grant select, insert on consent_event to housecall_app;

create trigger consent_event_append_only before update or delete or truncate on consent_event
  for each statement execute function refuse_change();

alter table consent
  add constraint consent_revoked_check check (
    (status = 'inactive') = (revoked_at is not null) and (status = 'inactive') = (revoke_reason is not null)
    and (revoke_notes is null or status = 'inactive')
  ),
  add constraint consent_scope_check check (cardinality(scope) >= 1),
  add constraint consent_expiry_check check (expires_at > granted_at);
alter table consent_event add constraint consent_event_type_check check (type in ('granted', 'revoked'));
-- A visit is agreed to by one text at a time.
create unique index consent_of_meeting on consent (tenant_id, meeting_id) where meeting_id is not null and status = 'active';

alter table meeting
  add constraint meeting_consent_check check (consent in ('implied', 'explicit')),
  add constraint meeting_consent_at_check check ((consent is null) = (consent_at is null));
