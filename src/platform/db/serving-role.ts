/** The role that serves: bound by row-level security and without any way to lift that. */
import { withClient } from './migrations.ts';
import { DatabaseStartError } from './start-error.ts';

const roleOption = '-c role=housecall_app';

/** The same connection, but every statement runs as the serving role. For a database with one address. */
export function asServingRole(url: string): string {
  const address = new URL(url);
  const options = address.searchParams.get('options');
  address.searchParams.set('options', options ? `${options} ${roleOption}` : roleOption);
  // The driver decodes percent signs and leaves a plus as it is.
  address.search = address.searchParams.toString().replaceAll('+', '%20');
  return address.href;
}

interface Powers {
  name: string;
  serves: boolean;
  superuser: boolean;
  bypasses: boolean;
  owns: boolean;
  system: boolean;
}

/** Whatever the role is, or may become by `set role`, counts. Throws DatabaseStartError when it could see past a tenant. */
export async function requireBoundRole(url: string): Promise<void> {
  const powers = await withClient(url, async (client) => {
    const { rows } = await client.query<Powers>(
      `select current_user as name,
         coalesce(bool_or(r.rolname = 'housecall_app'), false) as serves,
         coalesce(bool_or(r.rolsuper), false) as superuser,
         coalesce(bool_or(r.rolbypassrls), false) as bypasses,
         coalesce(bool_or(exists (select from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm'))), false) as owns,
         coalesce(bool_or(r.rolname = 'housecall_system'), false) as system
       from pg_roles r where pg_has_role(current_user, r.oid, 'member')`,
    );
    return rows[0];
  });
  const fault = powers && faultOf(powers);
  if (fault === undefined) return;
  throw new DatabaseStartError(
    `The database user ${powers?.name ?? ''} must not serve: ${fault}. Let DATABASE_URL name a user to whom housecall_app is granted and nothing else.`,
  );
}

function faultOf(powers: Powers): string | undefined {
  if (powers.superuser) return 'it is a superuser, or may become one';
  if (powers.bypasses) return 'it may bypass row-level security';
  if (powers.owns) return 'it owns tables, or may act for their owner';
  if (powers.system) return 'it may act as housecall_system';
  return powers.serves ? undefined : 'housecall_app is not granted to it';
}
