-- Payments: what a visit costs somebody, what was paid, what went back, and what the provider told of it.

CREATE TYPE "payment_status" AS ENUM ('pending', 'authorised', 'paid', 'failed', 'partly_refunded', 'refunded');
CREATE TYPE "refund_status" AS ENUM ('pending', 'processed', 'failed');
CREATE TYPE "refund_reason" AS ENUM ('requested', 'cancelled', 'our_fault', 'duplicate');

CREATE TABLE "payment" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "status" "payment_status" NOT NULL DEFAULT 'pending',
    "refunded_minor" INTEGER NOT NULL DEFAULT 0,
    "provider" TEXT NOT NULL,
    "provider_order_id" TEXT,
    "provider_payment_id" TEXT,
    "method" TEXT,
    "failure_code" TEXT,
    "receipt_number" INTEGER,
    "paid_at" TIMESTAMPTZ(3),
    "rule_settled_at" TIMESTAMPTZ(3),
    "next_look_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_refund" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "provider_payment_id" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "reason" "refund_reason" NOT NULL,
    "status" "refund_status" NOT NULL DEFAULT 'pending',
    "provider_refund_id" TEXT,
    "requested_by_id" UUID,
    "processed_at" TIMESTAMPTZ(3),
    "next_look_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_refund_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_notice" (
    "tenant_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "payment_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_notice_pkey" PRIMARY KEY ("tenant_id","event_id")
);

CREATE TABLE "receipt_counter" (
    "tenant_id" UUID NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "receipt_counter_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "payment_reconciliation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,
    "compared" INTEGER NOT NULL,
    "differences" JSONB NOT NULL,

    CONSTRAINT "payment_reconciliation_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "payment_provider_order_key" ON "payment"("provider_order_id");
CREATE UNIQUE INDEX "payment_provider_payment_key" ON "payment"("provider_payment_id");
CREATE INDEX "payment_tenant_id_created_at_id_idx" ON "payment"("tenant_id", "created_at", "id");
CREATE INDEX "payment_tenant_id_patient_id_created_at_id_idx" ON "payment"("tenant_id", "patient_id", "created_at", "id");
CREATE UNIQUE INDEX "payment_tenant_id_id_key" ON "payment"("tenant_id", "id");
CREATE UNIQUE INDEX "payment_tenant_id_receipt_number_key" ON "payment"("tenant_id", "receipt_number");
CREATE UNIQUE INDEX "payment_refund_provider_refund_key" ON "payment_refund"("provider_refund_id");
CREATE INDEX "payment_refund_tenant_id_payment_id_id_idx" ON "payment_refund"("tenant_id", "payment_id", "id");
CREATE INDEX "payment_notice_tenant_id_payment_id_idx" ON "payment_notice"("tenant_id", "payment_id");
CREATE UNIQUE INDEX "payment_reconciliation_tenant_id_starts_at_key" ON "payment_reconciliation"("tenant_id", "starts_at");

ALTER TABLE "payment" ADD CONSTRAINT "payment_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment" ADD CONSTRAINT "payment_tenant_id_patient_id_fkey" FOREIGN KEY ("tenant_id", "patient_id") REFERENCES "patient"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment" ADD CONSTRAINT "payment_tenant_id_appointment_id_fkey" FOREIGN KEY ("tenant_id", "appointment_id") REFERENCES "appointment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_refund" ADD CONSTRAINT "payment_refund_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_notice" ADD CONSTRAINT "payment_notice_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "receipt_counter" ADD CONSTRAINT "receipt_counter_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_reconciliation" ADD CONSTRAINT "payment_reconciliation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Row-level security as everywhere (20261121000100).
do $$
declare
  name text;
begin
  foreach name in array array['payment', 'payment_refund', 'payment_notice', 'receipt_counter', 'payment_reconciliation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update on payment, payment_refund, receipt_counter, payment_reconciliation to housecall_app;
grant select, insert on payment_notice to housecall_app;
create trigger payment_notice_append_only before update or delete or truncate on payment_notice
  for each statement execute function refuse_change();

-- What is true of every payment, whatever the code does.
alter table payment
  add constraint payment_amount_check check (amount_minor > 0 and refunded_minor between 0 and amount_minor),
  add constraint payment_paid_check check (
    (status in ('paid', 'partly_refunded', 'refunded')) = (paid_at is not null)
    and (paid_at is null) = (receipt_number is null) and (paid_at is null or provider_payment_id is not null)
  ),
  add constraint payment_refunded_check check (
    (status = 'refunded') = (refunded_minor = amount_minor) and (status = 'partly_refunded') = (refunded_minor between 1 and amount_minor - 1)
  ),
  add constraint payment_numbers_check check (version >= 1 and looks >= 0 and (receipt_number is null or receipt_number >= 1));
alter table payment_refund
  add constraint payment_refund_amount_check check (amount_minor > 0),
  add constraint payment_refund_processed_check check ((status = 'processed') = (processed_at is not null) and (status <> 'processed' or provider_refund_id is not null));
alter table receipt_counter add constraint receipt_counter_last_check check (last >= 1);

-- Nobody is asked twice for one visit: what was given back in full is over.
create unique index payment_appointment_key on payment (tenant_id, appointment_id) where status <> 'refunded';
-- A second payment of an order goes back once.
create unique index payment_refund_duplicate_key on payment_refund (tenant_id, provider_payment_id) where reason = 'duplicate';
create index payment_look_idx on payment (next_look_at) where next_look_at is not null;
create index payment_rule_idx on payment (tenant_id, appointment_id) where paid_at is not null and rule_settled_at is null;
create index payment_created_idx on payment (created_at);
create index payment_refund_look_idx on payment_refund (next_look_at) where next_look_at is not null;

-- Named ways around the tenant: what the clock alone owes payments; whose an order is, of which a webhook tells.
grant select (id, tenant_id, appointment_id, status, next_look_at, paid_at, rule_settled_at, created_at, provider_order_id) on payment to housecall_system;
create policy system_find_payment on payment for select to housecall_system using (true);
grant select (id, tenant_id, next_look_at) on payment_refund to housecall_system;
create policy system_find_refund on payment_refund for select to housecall_system using (next_look_at is not null);
grant select (tenant_id, starts_at) on payment_reconciliation to housecall_system;
create policy system_find_reconciliation on payment_reconciliation for select to housecall_system using (true);
grant select (status) on appointment to housecall_system;
create policy system_find_over on appointment for select to housecall_system using (status in ('fulfilled', 'cancelled', 'noshow'));

-- The most overdue first. Claims nothing: lock the row, look again.
create function due_payments(p_now timestamptz, p_max int) returns table (tenant_id uuid, kind text, id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select due.tenant_id, due.kind, due.id from (
      (select p.tenant_id, 'order' as kind, p.id, p.next_look_at as at from payment p
       where p.next_look_at <= p_now order by p.next_look_at limit p_max)
      union all
      (select r.tenant_id, 'refund', r.id, r.next_look_at from payment_refund r
       where r.next_look_at <= p_now order by r.next_look_at limit p_max)
      union all
      (select p.tenant_id, 'rule', p.id, p.paid_at from payment p
       join appointment a on a.tenant_id = p.tenant_id and a.id = p.appointment_id
       where p.paid_at is not null and p.rule_settled_at is null and a.status in ('fulfilled', 'cancelled', 'noshow') limit p_max)
    ) due order by due.at limit p_max
  $$;

-- Clinics with payments about the day that begins at p_from and has not been compared with the provider.
create function unreconciled_tenants(p_from timestamptz, p_max int) returns table (tenant_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select distinct p.tenant_id from payment p
    where p.created_at >= p_from - interval '1 day' and p.created_at < p_from + interval '1 day' and p.provider_order_id is not null
      and not exists (select from payment_reconciliation r where r.tenant_id = p.tenant_id and r.starts_at = p_from)
    limit p_max
  $$;

create function payment_of_order(p_order text) returns table (tenant_id uuid, id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select p.tenant_id, p.id from payment p where p.provider_order_id = p_order $$;

grant create on schema public to housecall_system;
do $$
declare
  signature text;
begin
  foreach signature in array array['due_payments(timestamptz, int)', 'unreconciled_tenants(timestamptz, int)', 'payment_of_order(text)'] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to housecall_app', signature);
    execute format('alter function %s owner to housecall_system', signature);
  end loop;
end $$;
revoke create on schema public from housecall_system;
