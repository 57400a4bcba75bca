-- Temporary tables come last. PostgreSQL looks for a table in pg_temp first unless the search path names it elsewhere, and
-- anybody may make temporary tables: whoever could run SQL as the server could give one the name of ours, put a trigger on
-- it, and have a SECURITY DEFINER function run that trigger as housecall_system. A function that is added later must say
-- `set search_path = pg_catalog, public, pg_temp` itself (tests/contract/rls-attacks.test.ts).
do $$
declare
  one record;
  migrator name := current_user;
begin
  for one in
    select p.oid::regprocedure as signature, p.proowner as owner, p.proowner::regrole::name as owner_name from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and ('search_path=pg_catalog, public' = any (p.proconfig) or p.prorettype = 'trigger'::regtype)
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    if pg_has_role(current_user, one.owner, 'usage') then
      execute format('alter function %s set search_path = pg_catalog, public, pg_temp', one.signature);
    else
      perform set_config('role', one.owner_name::text, true);
      execute format('alter function %s set search_path = pg_catalog, public, pg_temp', one.signature);
      perform set_config('role', migrator::text, true);
    end if;
  end loop;
end $$;

-- Nor does the server need any. Only the database's owner can take the right away, which a clinic's migrating login need
-- not be; the paths above hold without this.
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
exception
  when insufficient_privilege then null;
end $$;
