-- How much mail waits, how much of it was put off before, how much was given up lately, and since when the oldest waits.
create function mail_lag() returns table (waiting int, retried int, given_up int, oldest timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
  as $$
    select count(*) filter (where m.sealed is not null)::int,
      count(*) filter (where m.sealed is not null and m.attempts > 0)::int,
      count(*) filter (where m.gave_up_at > now() - interval '1 day')::int,
      min(m.created_at) filter (where m.sealed is not null)
    from outgoing_mail m
  $$;

-- Handing a function over needs the new owner to be able to create in the schema, for that moment.
grant create on schema public to housecall_system;
revoke all on function mail_lag() from public;
grant execute on function mail_lag() to housecall_app;
alter function mail_lag() owner to housecall_system;
revoke create on schema public from housecall_system;
