-- The assistant: what people and it wrote to each other, what it would do for them, and what is kept of each exchange. And
-- that somebody who waits for a doctor told it of an emergency.

CREATE TABLE "chat_conversation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "sealed_title" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "purge_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_conversation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "chat_conversation_tenant_id_id_key" ON "chat_conversation"("tenant_id", "id");
CREATE INDEX "chat_conversation_tenant_id_user_id_last_at_id_idx" ON "chat_conversation"("tenant_id", "user_id", "last_at", "id");
ALTER TABLE "chat_conversation" ADD CONSTRAINT "chat_conversation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "chat_conversation" ADD CONSTRAINT "chat_conversation_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
create index chat_conversation_purge_idx on chat_conversation (purge_at) where purge_at is not null;

CREATE TABLE "chat_message" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "kind" TEXT,
    "sealed_text" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_message_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "chat_message_by_check" CHECK ("by" IN ('person', 'assistant')),
    CONSTRAINT "chat_message_kind_check" CHECK (("by" = 'person' AND "kind" IS NULL) OR ("by" = 'assistant' AND "kind" IN ('answer', 'disclaimer', 'emergency')))
);
CREATE INDEX "chat_message_tenant_id_conversation_id_id_idx" ON "chat_message"("tenant_id", "conversation_id", "id");
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "chat_conversation"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "chat_action" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed_input" BYTEA NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "error_code" TEXT,
    "result_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_action_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "chat_action_kind_check" CHECK ("kind" IN ('book')),
    CONSTRAINT "chat_action_status_check" CHECK ("status" IN ('pending', 'confirmed', 'done', 'declined', 'failed')),
    CONSTRAINT "chat_action_settled_check" CHECK (("status" = 'pending') = ("settled_at" IS NULL)),
    CONSTRAINT "chat_action_error_check" CHECK (("status" = 'failed') = ("error_code" IS NOT NULL))
);
CREATE INDEX "chat_action_tenant_id_conversation_id_id_idx" ON "chat_action"("tenant_id", "conversation_id", "id");
ALTER TABLE "chat_action" ADD CONSTRAINT "chat_action_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "chat_conversation"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "chat_exchange" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "audience" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sign" TEXT,
    "ask" TEXT,
    "replaced" BOOLEAN NOT NULL DEFAULT false,
    "asked_preview" TEXT NOT NULL,
    "reply_preview" TEXT NOT NULL,
    "tools" TEXT[],
    "model" TEXT,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_exchange_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "chat_exchange_audience_check" CHECK ("audience" IN ('patient', 'doctor', 'lab', 'staff')),
    CONSTRAINT "chat_exchange_kind_check" CHECK ("kind" IN ('answer', 'disclaimer', 'emergency', 'failed')),
    CONSTRAINT "chat_exchange_preview_check" CHECK (char_length("asked_preview") <= 200 AND char_length("reply_preview") <= 200)
);
CREATE INDEX "chat_exchange_tenant_id_at_id_idx" ON "chat_exchange"("tenant_id", "at", "id");
ALTER TABLE "chat_exchange" ADD CONSTRAINT "chat_exchange_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "chat_exchange" ADD CONSTRAINT "chat_exchange_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "app_user"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the patient's words were a sign of, and when; of this waiting alone, as a moved place is.
ALTER TABLE "waiting" ADD COLUMN "alarm_sign" TEXT, ADD COLUMN "alarm_at" TIMESTAMPTZ(3);
alter table waiting add constraint waiting_alarm_check check ((alarm_sign is null) = (alarm_at is null));

do $$
declare
  name text;
begin
  foreach name in array array['chat_conversation', 'chat_message', 'chat_action', 'chat_exchange'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_isolation on %I using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', name);
  end loop;
end $$;

grant select, insert, update, delete on chat_conversation to housecall_app;
-- Messages go with their conversation; what was said stays as it was said.
grant select, insert on chat_message to housecall_app;
grant select, insert, update (status, error_code, result_id, settled_at) on chat_action to housecall_app;
grant select, insert on chat_exchange to housecall_app;

-- Named way around the tenant: conversations whose time is over go, whosever they are.
grant select (id, tenant_id, purge_at), delete on chat_conversation to housecall_system;
create policy system_find_chat on chat_conversation for select to housecall_system using (purge_at is not null);
create policy system_forget_chat on chat_conversation for delete to housecall_system using (purge_at is not null);

-- No more than so many at once; answers how many.
create function forget_chats(p_now timestamptz, p_max int) returns int
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp
  as $$
    with gone as (
      delete from chat_conversation c
      using (
        select o.tenant_id, o.id from chat_conversation o where o.purge_at <= p_now order by o.purge_at limit p_max
      ) due
      where c.tenant_id = due.tenant_id and c.id = due.id and c.purge_at <= p_now returning 1
    )
    select count(*)::int from gone
  $$;

grant create on schema public to housecall_system;
revoke all on function forget_chats(timestamptz, int) from public;
grant execute on function forget_chats(timestamptz, int) to housecall_app;
alter function forget_chats(timestamptz, int) owner to housecall_system;
revoke create on schema public from housecall_system;
