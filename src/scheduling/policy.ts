/** Who sees what of the directory and the catalogue. Pure; scopes for changes are checked at the door. */
import type { Actor } from '../platform/actor.ts';

/** Whether somebody keeps the directory: they also see what is switched off, and that it is. */
export function keepsDirectory(actor: Pick<Actor, 'scopes'>): boolean {
  return actor.scopes.has('directory:write');
}

export function keepsCatalog(actor: Pick<Actor, 'scopes'>): boolean {
  return actor.scopes.has('catalog:write');
}

/** Which rows a list shows: the active ones, unless its keeper asks for others. Undefined for all. */
export function shownActivity(isKeeper: boolean, asked: boolean | undefined): boolean | undefined {
  return isKeeper ? asked : true;
}
