/** A call's part in the audit trail: as its line in the protocol's table says. */
import { type Audit, openAudit, unaudited } from '../../src/platform/db/audit.ts';
import type { Database } from '../../src/platform/db/scope.ts';
import { callerAddress } from '../../src/platform/http/address.ts';
import { shortUserAgent } from '../../src/platform/http/user-agent.ts';
import type { Logger } from '../../src/platform/logger.ts';
import { type CallName, calls } from '../protocol/index.ts';
import type { Session } from '../rooms/session.ts';

export interface CallAuditDeps {
  database: Database;
  logger: Logger;
  /** How many proxies in front of us are ours. */
  trustProxy: number;
}

/** From where a socket came, worked out once. Gives what opens the audit of each of its calls. */
export function callAudit(
  { database, logger, trustProxy }: CallAuditDeps,
  session: Session,
): (name: CallName) => Audit {
  const { headers, address } = session.socket.handshake;
  const from = {
    requestId: session.id,
    address: callerAddress(address, headers['x-forwarded-for'], trustProxy),
    userAgent: shortUserAgent(headers['user-agent']),
  };
  return (name) => {
    const { audit } = calls[name];
    if ('none' in audit) return unaudited(database);
    return openAudit(database, { action: audit.action, purpose: 'TREAT', route: name, ...from }, logger);
  };
}
