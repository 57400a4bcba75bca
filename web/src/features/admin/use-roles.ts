import { useQuery } from '@tanstack/react-query';
import { useUser } from '../auth/use-session.ts';
import { useAdminApi } from './use-admin.ts';

export const rolesKey = ['admin', 'roles'];

/** All roles and scopes; nothing is asked for somebody who may not see them. */
export function useRoles() {
  const admin = useAdminApi();
  const { scopes } = useUser();
  return useQuery({
    queryKey: rolesKey,
    queryFn: ({ signal }) => admin.roles(signal),
    enabled: scopes.includes('roles:read'),
  });
}
