-- People who sign in at a portal, and traces that go on behind the outbox.

-- CreateTable
CREATE TABLE "external_identity" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_identity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "external_identity_tenant_id_user_id_idx" ON "external_identity"("tenant_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_identity_tenant_id_id_key" ON "external_identity"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "external_identity_tenant_id_issuer_subject_key" ON "external_identity"("tenant_id", "issuer", "subject");

-- AddForeignKey
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table external_identity enable row level security;
alter table external_identity force row level security;
create policy tenant_isolation on external_identity using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert, delete on external_identity to housecall_app;

-- The trace in which a fact was appended (W3C Trace Context), where one was set for the transaction: whoever appends need
-- not know of it.
alter table outbox add column trace_parent text default nullif(current_setting('app.trace_parent', true), '');
