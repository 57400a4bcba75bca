-- What the desk says when it gives money back; and what the provider told that is about no payment of ours: kept all the same.

ALTER TABLE "payment_refund" ADD COLUMN "note" TEXT;
ALTER TABLE "payment_notice" ALTER COLUMN "payment_id" DROP NOT NULL;
CREATE INDEX "payment_notice_tenant_id_received_at_idx" ON "payment_notice"("tenant_id", "received_at");

alter table payment_refund add constraint payment_refund_note_check check (length(note) between 1 and 300);

-- Which clinic a webhook belongs to that is about no order here: the one that its notes name, else the only one there is.
create function tenant_of_notice(p_noted text) returns uuid
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select coalesce(
      (select t.id from tenant t where t.id::text = p_noted),
      (select min(t.id::text)::uuid from tenant t having count(*) = 1))
  $$;

grant create on schema public to housecall_system;
revoke all on function tenant_of_notice(text) from public;
grant execute on function tenant_of_notice(text) to housecall_app;
alter function tenant_of_notice(text) owner to housecall_system;
revoke create on schema public from housecall_system;
