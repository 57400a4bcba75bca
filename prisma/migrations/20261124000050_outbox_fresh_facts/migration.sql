-- A fact that was never tried is to be delivered whatever the clock says. Its times are kept to the millisecond and
-- rounded, so a look within half a millisecond of the commit found it in the future and left it for the next pass;
-- a clock that was set back would hide it for longer.
create or replace function outbox_pending(p_max int) returns setof outbox
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select o.* from outbox o
    where (o.available_at <= now() or o.available_at <= o.created_at) and not exists (
      select from outbox held
      where held.tenant_id = o.tenant_id and held.key = o.key and held.seq < o.seq
        and held.available_at > held.created_at and held.available_at > now()
    )
    order by o.seq limit p_max
  $$;
