-- Files about patients: what is known of them, which of them were shown in a consultation, and what is to go from the store.

CREATE TYPE "upload_status" AS ENUM ('clean', 'quarantined', 'not_scanned');

CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "uploaded_by_role" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "received_sha256" BYTEA NOT NULL,
    "status" "upload_status" NOT NULL,
    "finding" TEXT,
    "signatures" TEXT,
    "scanned_at" TIMESTAMPTZ(3),
    "storage_key" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "wrapped_under" TEXT NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "purge_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "upload_content_type_check" CHECK ("content_type" IN ('application/pdf', 'image/jpeg', 'image/png')),
    CONSTRAINT "upload_size_check" CHECK ("size" > 0),
    CONSTRAINT "upload_sha256_check" CHECK (octet_length("sha256") = 32 AND octet_length("received_sha256") = 32),
    -- What was found bad is never open, what is called clean was scanned, and what is deleted has a day on which it goes.
    CONSTRAINT "upload_finding_check" CHECK ("finding" IS NULL OR "status" = 'quarantined'),
    CONSTRAINT "upload_clean_check" CHECK ("status" <> 'clean' OR ("signatures" IS NOT NULL AND "scanned_at" IS NOT NULL)),
    CONSTRAINT "upload_deleted_check" CHECK ("deleted_at" IS NULL OR "purge_at" IS NOT NULL)
);
CREATE UNIQUE INDEX "upload_storage_key_key" ON "upload"("storage_key");
CREATE UNIQUE INDEX "upload_tenant_id_id_key" ON "upload"("tenant_id", "id");
CREATE INDEX "upload_tenant_id_patient_id_id_idx" ON "upload"("tenant_id", "patient_id", "id");
CREATE INDEX "upload_tenant_id_uploaded_by_id_id_idx" ON "upload"("tenant_id", "uploaded_by_id", "id");
ALTER TABLE "upload" ADD CONSTRAINT "upload_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "upload" ADD CONSTRAINT "upload_tenant_id_patient_id_fkey" FOREIGN KEY ("tenant_id", "patient_id") REFERENCES "patient"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
create index upload_purge_idx on upload (purge_at) where purge_at is not null;
create index upload_signatures_idx on upload (signatures) where deleted_at is null;
create index upload_wrapped_under_idx on upload (wrapped_under);

CREATE TABLE "upload_share" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "shared_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_share_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "upload_share_tenant_id_meeting_id_upload_id_key" ON "upload_share"("tenant_id", "meeting_id", "upload_id");
ALTER TABLE "upload_share" ADD CONSTRAINT "upload_share_tenant_id_upload_id_fkey" FOREIGN KEY ("tenant_id", "upload_id") REFERENCES "upload"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "upload_share" ADD CONSTRAINT "upload_share_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "stored_leftover" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "storage_key" TEXT NOT NULL,
    "remove_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_leftover_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "stored_leftover_storage_key_key" ON "stored_leftover"("storage_key");
CREATE UNIQUE INDEX "stored_leftover_tenant_id_id_key" ON "stored_leftover"("tenant_id", "id");
ALTER TABLE "stored_leftover" ADD CONSTRAINT "stored_leftover_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create index stored_leftover_remove_idx on stored_leftover (remove_at);

do $$
declare
  name text;
begin
  foreach name in array array['upload', 'upload_share', 'stored_leftover'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update, delete on upload to housecall_app;
grant select, insert on upload_share to housecall_app;
grant select, insert, delete on stored_leftover to housecall_app;

-- Named way around the tenant: what the clock, new signatures and a new key owe files.
grant select (id, tenant_id, deleted_at, purge_at, signatures, wrapped_under) on upload to housecall_system;
create policy system_find_upload on upload for select to housecall_system using (true);
grant select (id, tenant_id, remove_at) on stored_leftover to housecall_system;
create policy system_find_leftover on stored_leftover for select to housecall_system using (true);

-- What is due, a little of each kind. Claims nothing: look again as the tenant. With p_signatures null nothing is scanned,
-- with p_key null nothing is wrapped anew.
create function due_uploads(p_now timestamptz, p_signatures text, p_key text, p_max int)
  returns table (tenant_id uuid, kind text, id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    (select l.tenant_id, 'remove', l.id from stored_leftover l where l.remove_at <= p_now order by l.remove_at limit p_max)
    union all
    (select u.tenant_id, 'purge', u.id from upload u where u.purge_at <= p_now order by u.purge_at limit p_max)
    union all
    (select u.tenant_id, 'scan', u.id from upload u
     where p_signatures is not null and u.deleted_at is null and u.signatures is distinct from p_signatures
     order by u.id limit p_max)
    union all
    (select u.tenant_id, 'wrap', u.id from upload u where u.wrapped_under <> p_key order by u.id limit p_max)
  $$;

grant create on schema public to housecall_system;
revoke all on function due_uploads(timestamptz, text, text, int) from public;
grant execute on function due_uploads(timestamptz, text, text, int) to housecall_app;
alter function due_uploads(timestamptz, text, text, int) owner to housecall_system;
revoke create on schema public from housecall_system;
