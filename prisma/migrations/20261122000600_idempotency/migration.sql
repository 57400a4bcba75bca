-- Answers that are given again to the same request (draft-ietf-httpapi-idempotency-key-header).

CREATE TABLE "idempotency_record" (
    "tenant_id" UUID NOT NULL,
    "id" BYTEA NOT NULL,
    "request" BYTEA NOT NULL,
    "status" SMALLINT NOT NULL,
    "answer" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("tenant_id", "id"),
    -- Only what was carried out is answered again; hashes are SHA-256.
    CONSTRAINT "idempotency_record_status_check" CHECK ("status" BETWEEN 200 AND 299),
    CONSTRAINT "idempotency_record_hash_check" CHECK (octet_length("id") = 32 AND octet_length("request") = 32)
);
CREATE INDEX "idempotency_record_expires_at_idx" ON "idempotency_record"("expires_at");
ALTER TABLE "idempotency_record" ADD CONSTRAINT "idempotency_record_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table idempotency_record enable row level security;
alter table idempotency_record force row level security;
create policy tenant_isolation on idempotency_record using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));

-- Update: a record that is over gives its place to the next request with the key, before the job has come by.
grant select, insert, update on idempotency_record to housecall_app;

-- Takes the key for this transaction without waiting. False while another transaction has it.
create function idempotency_claim(p_id bytea) returns boolean
  language sql volatile set search_path = pg_catalog, public
  as $$ select pg_try_advisory_xact_lock(('x' || encode(substring(sha256(uuid_send(app_tenant()) || p_id) from 1 for 8), 'hex'))::bit(64)::bigint) $$;

-- Named way around the tenant, as in 20261121000100_row_level_security.

grant select (tenant_id, id, expires_at), delete on idempotency_record to housecall_system;
create policy system_read_idempotency on idempotency_record for select to housecall_system using (true);
create policy system_forget_idempotency on idempotency_record for delete to housecall_system using (expires_at <= now());

-- Forgets answers that are over, no more than so many at once; answers how many.
create function idempotency_forget(p_max int) returns int
  language sql volatile security definer set search_path = pg_catalog, public
  as $$
    with gone as (
      delete from idempotency_record r
      using (
        select o.tenant_id, o.id from idempotency_record o where o.expires_at <= now()
        order by o.expires_at limit p_max
      ) due
      where r.tenant_id = due.tenant_id and r.id = due.id and r.expires_at <= now() returning 1
    )
    select count(*)::int from gone
  $$;

grant create on schema public to housecall_system;
revoke all on function idempotency_forget(int) from public;
grant execute on function idempotency_forget(int) to housecall_app;
alter function idempotency_forget(int) owner to housecall_system;
revoke create on schema public from housecall_system;
