-- Clinical documents: written by a model or a template, confirmed by a clinician, given out as PDF; and the CDT codes and
-- rules that go with them.

CREATE TABLE "cdt_code" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cdt_code_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "cdt_code_code_check" CHECK ("code" ~ '^D[0-9]{4}$')
);
CREATE UNIQUE INDEX "cdt_code_tenant_id_id_key" ON "cdt_code"("tenant_id", "id");
CREATE UNIQUE INDEX "cdt_code_tenant_id_code_key" ON "cdt_code"("tenant_id", "code");
ALTER TABLE "cdt_code" ADD CONSTRAINT "cdt_code_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "cdt_rule" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "age_group" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cdt_rule_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "cdt_rule_tier_check" CHECK ("tier" IN ('mild', 'moderate', 'severe')),
    CONSTRAINT "cdt_rule_age_group_check" CHECK ("age_group" IN ('adolescent', 'adult'))
);
CREATE UNIQUE INDEX "cdt_rule_tenant_id_id_key" ON "cdt_rule"("tenant_id", "id");
CREATE UNIQUE INDEX "cdt_rule_tenant_id_tier_age_group_key" ON "cdt_rule"("tenant_id", "tier", "age_group");
ALTER TABLE "cdt_rule" ADD CONSTRAINT "cdt_rule_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "cdt_rule_code" (
    "tenant_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "code_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,

    CONSTRAINT "cdt_rule_code_pkey" PRIMARY KEY ("tenant_id", "rule_id", "code_id"),
    CONSTRAINT "cdt_rule_code_position_check" CHECK ("position" >= 0)
);
ALTER TABLE "cdt_rule_code" ADD CONSTRAINT "cdt_rule_code_tenant_id_rule_id_fkey" FOREIGN KEY ("tenant_id", "rule_id") REFERENCES "cdt_rule"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "cdt_rule_code" ADD CONSTRAINT "cdt_rule_code_tenant_id_code_id_fkey" FOREIGN KEY ("tenant_id", "code_id") REFERENCES "cdt_code"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "clinical_document" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "meeting_id" UUID,
    "practitioner_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "tone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "tier" TEXT NOT NULL,
    "age_years" SMALLINT NOT NULL,
    "input" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "fallback" TEXT,
    "model" TEXT,
    "tokens_used" INTEGER NOT NULL,
    "generation_time_ms" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "confirmed_version" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clinical_document_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "clinical_document_version_check" CHECK ("version" >= 1 AND ("confirmed_version" IS NULL OR "confirmed_version" BETWEEN 1 AND "version")),
    CONSTRAINT "clinical_document_source_check" CHECK ("source" IN ('model', 'template') AND ("fallback" IS NOT NULL) = ("source" = 'template') AND ("model" IS NOT NULL) = ("source" = 'model')),
    CONSTRAINT "clinical_document_effort_check" CHECK ("tokens_used" >= 0 AND "generation_time_ms" >= 0)
);
CREATE UNIQUE INDEX "clinical_document_tenant_id_id_key" ON "clinical_document"("tenant_id", "id");
CREATE INDEX "clinical_document_tenant_id_patient_id_id_idx" ON "clinical_document"("tenant_id", "patient_id", "id");
CREATE INDEX "clinical_document_tenant_id_meeting_id_idx" ON "clinical_document"("tenant_id", "meeting_id");
CREATE INDEX "clinical_document_tenant_id_practitioner_id_id_idx" ON "clinical_document"("tenant_id", "practitioner_id", "id");
ALTER TABLE "clinical_document" ADD CONSTRAINT "clinical_document_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "clinical_document" ADD CONSTRAINT "clinical_document_tenant_id_patient_id_fkey" FOREIGN KEY ("tenant_id", "patient_id") REFERENCES "patient"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "clinical_document" ADD CONSTRAINT "clinical_document_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "clinical_document" ADD CONSTRAINT "clinical_document_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "clinical_document_version" (
    "tenant_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "schema_version" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "codes" JSONB NOT NULL,
    "made_by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clinical_document_version_pkey" PRIMARY KEY ("tenant_id", "document_id", "version")
);
ALTER TABLE "clinical_document_version" ADD CONSTRAINT "clinical_document_version_tenant_id_document_id_fkey" FOREIGN KEY ("tenant_id", "document_id") REFERENCES "clinical_document"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "document_confirmation" (
    "tenant_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "confirmed_by_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "qualification" TEXT,
    "registration_number" TEXT,
    "registration_authority" TEXT,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,
    "payload_sha256" BYTEA NOT NULL,
    "notes" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "pdf_generated_at" TIMESTAMPTZ(3),

    CONSTRAINT "document_confirmation_pkey" PRIMARY KEY ("tenant_id", "document_id", "version"),
    CONSTRAINT "document_confirmation_sha256_check" CHECK (octet_length("payload_sha256") = 32)
);
ALTER TABLE "document_confirmation" ADD CONSTRAINT "document_confirmation_tenant_id_document_id_version_fkey" FOREIGN KEY ("tenant_id", "document_id", "version") REFERENCES "clinical_document_version"("tenant_id", "document_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "document_confirmation" ADD CONSTRAINT "document_confirmation_tenant_id_practitioner_id_fkey" FOREIGN KEY ("tenant_id", "practitioner_id") REFERENCES "practitioner"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "document_download" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_download_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "document_download_tenant_id_document_id_id_idx" ON "document_download"("tenant_id", "document_id", "id");
-- Only what was confirmed is ever given out.
ALTER TABLE "document_download" ADD CONSTRAINT "document_download_tenant_id_document_id_version_fkey" FOREIGN KEY ("tenant_id", "document_id", "version") REFERENCES "document_confirmation"("tenant_id", "document_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

do $$
declare
  name text;
begin
  foreach name in array array['cdt_code', 'cdt_rule', 'cdt_rule_code', 'clinical_document', 'clinical_document_version',
    'document_confirmation', 'document_download'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

-- Codes are switched off and never deleted. Versions and downloads are only added to; of a confirmation only when its PDF was
-- made is written later.
grant select, insert, update on cdt_code to housecall_app;
grant select, insert, update, delete on cdt_rule to housecall_app;
grant select, insert, delete on cdt_rule_code to housecall_app;
grant select, insert, update on clinical_document to housecall_app;
grant select, insert on clinical_document_version to housecall_app;
grant select, insert, update (pdf_generated_at) on document_confirmation to housecall_app;
grant select, insert on document_download to housecall_app;
