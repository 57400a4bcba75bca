/** The filters of the users as they stand in the address bar. Pure. */
import { builtInRoles, type UserSort, userSorts } from '../../api/admin.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const userFilterForms = {
  q: /^.{1,200}$/u,
  role: new RegExp(`^(${builtInRoles.join('|')})$`),
  clinicRole: uuid,
  active: /^(true|false)$/,
  sort: new RegExp(`^(${userSorts.join('|')})$`),
};
export type UserFilterValues = Record<keyof typeof userFilterForms, string>;

export const defaultUserSort: UserSort = 'displayName';

export function userSortOf(value: string): UserSort {
  return userSorts.find((one) => one === value) ?? defaultUserSort;
}

/** What pressing a column's head does: upwards, then downwards. */
export function sortedBy(current: UserSort, column: 'displayName' | 'email' | 'createdAt'): UserSort {
  return current === column ? `-${column}` : column;
}
