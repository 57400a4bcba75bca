/** What the use cases of the own account need, besides what signing in needs. */
import type { Afterwards } from '../../platform/afterwards.ts';
import type { Postbox } from '../../platform/mail/postbox.ts';
import type { PasswordStrength } from './strength-meter.ts';

export interface AccountParts {
  postbox: Postbox;
  strength: PasswordStrength;
  afterwards: Afterwards;
  /** Where people reach the server, for links in mail; never what a request says of it. */
  publicUrl(): string;
}
