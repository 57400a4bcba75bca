/** What a handler of a call is: (session, input, door to the data) → answer. Everything around it is the dispatcher's. */
import type { TenantDb } from '../../src/platform/db/scope.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { MediaEngine } from '../media/engine.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { CallAnswer, CallName, CallPayload, IceServer } from '../protocol/index.ts';
import type { QualityBook } from '../quality/book.ts';
import type { Announcer } from '../rooms/channels.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Session } from '../rooms/session.ts';
import type { AccessTokens } from './authenticate.ts';
import type { NetworkTests } from './network-tests.ts';

export interface HandlerDeps {
  gate: MeetingGate;
  registry: Registry;
  announcer: Announcer;
  tokens: AccessTokens;
  logger: Logger;
  tests: NetworkTests;
  /** Of this node; a room may be on another one. */
  media: Pick<MediaEngine, 'kind' | 'routerRtpCapabilities'>;
  quality: QualityBook;
  iceServers: (participantId: string) => IceServer[];
  /** This node, as the seats name it. */
  nodeId(): string;
}

export type Handlers = {
  [N in CallName]: (session: Session, input: CallPayload<N>, db: TenantDb) => Promise<CallAnswer<N>>;
};
