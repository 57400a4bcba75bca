-- CreateEnum
CREATE TYPE "session_end" AS ENUM ('logout', 'logout_everywhere', 'password_changed', 'password_reset', 'email_changed', 'deactivated', 'second_factor_reset', 'token_reused', 'revoked');

-- CreateEnum
CREATE TYPE "revocation_kind" AS ENUM ('session', 'user', 'access');

-- AlterTable
ALTER TABLE "refresh_token" ADD COLUMN "parent_id" UUID;

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "ended_because" "session_end",

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revocation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" "revocation_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "second_factor" (
    "user_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "sealed_secret" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_failed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "session_tenant_id_user_id_last_used_at_idx" ON "session"("tenant_id", "user_id", "last_used_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_tenant_id_id_key" ON "session"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "revocation_at_idx" ON "revocation"("at");

-- CreateIndex
CREATE UNIQUE INDEX "second_factor_tenant_id_user_id_key" ON "second_factor"("tenant_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_tenant_id_user_id_hash_key" ON "recovery_code"("tenant_id", "user_id", "hash");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

do $$
declare
  name text;
begin
  foreach name in array array['session', 'revocation', 'second_factor', 'recovery_code'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update on session to housecall_app;
grant select, insert on revocation to housecall_app;
grant select, insert, update, delete on second_factor, recovery_code to housecall_app;

alter table session
  add constraint session_end_check check ((revoked_at is null) = (ended_because is null)),
  add constraint session_size_check check (length(address) <= 64 and length(user_agent) <= 200);
alter table revocation add constraint revocation_period_check check (until > at);
alter table second_factor add constraint second_factor_failures_check check (failures >= 0);
alter table recovery_code add constraint recovery_code_hash_check check (length(hash) = 32);

-- Every node is told in the moment of the commit, whoever wrote the row. Ids and instants only.
create function tell_revocation() returns trigger language plpgsql as $$
begin
  perform pg_notify('revocation', json_build_object(
    'tenantId', new.tenant_id, 'kind', new.kind, 'subjectId', new.subject_id,
    'atMs', round(extract(epoch from new.at) * 1000), 'untilMs', round(extract(epoch from new.until) * 1000))::text);
  return null;
end $$;
create trigger revocation_told after insert on revocation for each row execute function tell_revocation();

-- Named ways around the tenant, as in 20261121000100_row_level_security.

grant select, delete on revocation to housecall_system;
create policy system_read_revocation on revocation for select to housecall_system using (true);
create policy system_forget_revocation on revocation for delete to housecall_system using (until < now());
grant select (expires_at), delete on refresh_token to housecall_system;
create policy system_find_spent_token on refresh_token for select to housecall_system using (true);
create policy system_forget_spent_token on refresh_token for delete to housecall_system using (expires_at < now());
grant select (last_used_at), delete on session to housecall_system;
create policy system_find_old_session on session for select to housecall_system using (true);
create policy system_forget_old_session on session for delete to housecall_system using (last_used_at < now());

-- What was revoked since then and still matters, for the list that every node keeps.
create function revocations_since(p_since timestamptz)
  returns table (tenant_id uuid, kind revocation_kind, subject_id uuid, at timestamptz, until timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$ select r.tenant_id, r.kind, r.subject_id, r.at, r.until from revocation r where r.at >= p_since and r.until > now() $$;

-- Forgets what no sign-in can need any more: revocations and refresh tokens that have run out, sign-ins that were last
-- used p_days ago. Answers how many rows went.
create function forget_sign_ins(p_days int) returns int
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    with revocations as (delete from revocation r where r.until < now() returning 1),
      tokens as (delete from refresh_token t where t.expires_at < now() - interval '1 day' returning 1),
      sessions as (delete from session s where s.last_used_at < now() - make_interval(days => greatest(p_days, 8)) returning 1)
    select ((select count(*) from revocations) + (select count(*) from tokens) + (select count(*) from sessions))::int
  $$;

grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  foreach signature in array array['revocations_since(timestamptz)', 'forget_sign_ins(int)'] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
