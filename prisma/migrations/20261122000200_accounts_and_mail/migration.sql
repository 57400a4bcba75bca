-- Accounts that confirm their e-mail address, links that are mailed, and the mail that waits to be sent.

CREATE TYPE "account_token_purpose" AS ENUM ('verify_email', 'change_email', 'reset_password');

-- Who is here already keeps being let in, also where the clinic comes to ask for a confirmed address: these accounts get
-- the time of this migration. New ones begin without.
ALTER TABLE "app_user" ADD COLUMN "email_verified_at" TIMESTAMPTZ(3) DEFAULT now();
ALTER TABLE "app_user" ALTER COLUMN "email_verified_at" DROP DEFAULT;

CREATE TABLE "account_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" "account_token_purpose" NOT NULL,
    "hash" BYTEA NOT NULL,
    "email" CITEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_token_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "account_token_tenant_id_id_key" ON "account_token"("tenant_id", "id");
CREATE INDEX "account_token_tenant_id_user_id_created_at_idx" ON "account_token"("tenant_id", "user_id", "created_at");
ALTER TABLE "account_token" ADD CONSTRAINT "account_token_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "account_token" ADD CONSTRAINT "account_token_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "outgoing_mail" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "sealed" BYTEA,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "gave_up_at" TIMESTAMPTZ(3),
    "reply_code" SMALLINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outgoing_mail_pkey" PRIMARY KEY ("id"),
    -- A mail is waiting, sent or given up; only one that waits still has its content.
    CONSTRAINT "outgoing_mail_state_check" CHECK (num_nonnulls("sealed", "sent_at", "gave_up_at") = 1),
    CONSTRAINT "outgoing_mail_reply_code_check" CHECK ("reply_code" BETWEEN 200 AND 599)
);
CREATE UNIQUE INDEX "outgoing_mail_tenant_id_id_key" ON "outgoing_mail"("tenant_id", "id");
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create index outgoing_mail_waiting_idx on outgoing_mail (available_at) where sealed is not null;

do $$
declare
  name text;
begin
  foreach name in array array['account_token', 'outgoing_mail'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update, delete on account_token to housecall_app;
grant select, insert, update on outgoing_mail to housecall_app;

-- Named ways around the tenant, as in 20261121000100_row_level_security.

grant select, update (attempts, available_at), delete on outgoing_mail to housecall_system;
create policy system_read_mail on outgoing_mail for select to housecall_system using (true);
create policy system_claim_mail on outgoing_mail for update to housecall_system using (true) with check (true);
create policy system_forget_mail on outgoing_mail for delete to housecall_system using (sealed is null);

-- Takes mail that waits, the longest waiting first, so that nobody else takes it before the lease is over. Who took it
-- writes what became of it as the tenant, and only while `attempts` is still what is answered here.
create function claim_mail(p_now timestamptz, p_max int, p_lease_ms int)
  returns table (tenant_id uuid, id uuid, sealed bytea, attempts int, created_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    with due as (
      select m.id from outgoing_mail m
      where m.sealed is not null and m.available_at <= p_now
      order by m.available_at limit p_max
      for update skip locked
    )
    update outgoing_mail m
    set attempts = m.attempts + 1, available_at = p_now + make_interval(secs => p_lease_ms / 1000.0)
    from due where m.id = due.id
    returning m.tenant_id, m.id, m.sealed, m.attempts, m.created_at
  $$;

-- Forgets mail that was sent or given up before then; answers how many.
create function forget_mail(p_before timestamptz) returns int
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    with gone as (
      delete from outgoing_mail m where m.sealed is null and coalesce(m.sent_at, m.gave_up_at) < p_before returning 1
    )
    select count(*)::int from gone
  $$;

grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  foreach signature in array array['claim_mail(timestamptz, int, int)', 'forget_mail(timestamptz)'] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
