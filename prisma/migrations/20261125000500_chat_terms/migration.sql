-- How long words with the assistant are kept follows what the clinic's settings say now, not what they said when somebody last
-- wrote; and the record of exchanges is kept no longer than the clinic says either.

revoke execute on function forget_chats(timestamptz, int) from housecall_app;
drop function forget_chats(timestamptz, int);
drop policy system_find_chat on chat_conversation;
drop policy system_forget_chat on chat_conversation;
alter table "chat_conversation" drop column "purge_at";
create index chat_conversation_tenant_id_last_at_idx on chat_conversation (tenant_id, last_at);

grant select (id, settings) on tenant to housecall_system;
grant select (id, tenant_id, last_at), delete on chat_conversation to housecall_system;
create policy system_find_chat on chat_conversation for select to housecall_system using (true);
create policy system_forget_chat on chat_conversation for delete to housecall_system using (true);
grant select (id, tenant_id, at), delete on chat_exchange to housecall_system;
create policy system_find_exchange on chat_exchange for select to housecall_system using (true);
create policy system_forget_exchange on chat_exchange for delete to housecall_system using (true);

grant create on schema public to housecall_system;

-- Named ways around the tenant: what was over before its clinic's term goes, whosever it is; no more than p_max at once. A term
-- that a clinic has not set is p_days; 0 is for ever. Answers how many went.
create function forget_chats(p_now timestamptz, p_days int, p_max int) returns int
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp
  as $$
    with term as (
      select t.id as tenant_id, case jsonb_typeof(t.settings -> 'chatRetentionDays')
        when 'number' then (t.settings ->> 'chatRetentionDays')::numeric::int else p_days end as days
      from tenant t
    ), due as (
      select over.* from term cross join lateral (
        select c.tenant_id, c.id, c.last_at from chat_conversation c
        where c.tenant_id = term.tenant_id and c.last_at <= p_now - make_interval(days => term.days)
        order by c.last_at limit p_max
      ) as over
      where term.days > 0 limit p_max
    ), gone as (
      -- Not one in which somebody has written meanwhile.
      delete from chat_conversation c using due
      where c.tenant_id = due.tenant_id and c.id = due.id and c.last_at = due.last_at returning 1
    )
    select count(*)::int from gone
  $$;

create function forget_exchanges(p_now timestamptz, p_days int, p_max int) returns int
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp
  as $$
    with term as (
      select t.id as tenant_id, case jsonb_typeof(t.settings -> 'chatRecordDays')
        when 'number' then (t.settings ->> 'chatRecordDays')::numeric::int else p_days end as days
      from tenant t
    ), due as (
      select over.* from term cross join lateral (
        select e.tenant_id, e.id from chat_exchange e
        where e.tenant_id = term.tenant_id and e.at <= p_now - make_interval(days => term.days)
        order by e.at limit p_max
      ) as over
      where term.days > 0 limit p_max
    ), gone as (
      delete from chat_exchange e using due where e.tenant_id = due.tenant_id and e.id = due.id returning 1
    )
    select count(*)::int from gone
  $$;

do $$
declare
  name text;
begin
  foreach name in array array['forget_chats', 'forget_exchanges'] loop
    execute format('revoke all on function %I(timestamptz, int, int) from public', name);
    execute format('grant execute on function %I(timestamptz, int, int) to housecall_app', name);
    execute format('alter function %I(timestamptz, int, int) owner to housecall_system', name);
  end loop;
end $$;
revoke create on schema public from housecall_system;
