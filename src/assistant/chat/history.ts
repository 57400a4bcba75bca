/** What of a conversation the model is told again. */
import type { Said } from '../../adapters/llm/index.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import type { Begun } from './ask.ts';
import type { ChatDeps } from './deps.ts';
import { readConversation } from './rows.ts';
import type { ActionView, MessageView } from './schema.ts';

export interface History {
  said: Said[];
  /** What became of what was proposed. */
  done: string[];
}

/** The window: enough to know what "that one" means, and no more of anybody's words than that takes. */
const mostMessages = 12;
const mostCharacters = 6_000;

/** Throws NOT_FOUND when the conversation is not this person's. */
export async function historyOf({ sealer, clock }: ChatDeps, db: TenantDb, begun: Begun): Promise<History> {
  if (begun.begins) return { said: [], done: [] };
  const { conversationId: id, actor } = begun;
  const { messages, actions } = await readConversation(db, sealer, { id, userId: actor.userId, now: clock.now() });
  return { said: windowOf(messages), done: actions.map(toWords) };
}

/** The newest that fit, beginning with something that the person said. */
export function windowOf(messages: readonly MessageView[]): Said[] {
  let room = mostCharacters;
  let from = messages.length;
  while (from > 0 && messages.length - from < mostMessages) {
    room -= messages[from - 1]?.text.length ?? 0;
    if (room < 0) break;
    from -= 1;
  }
  const window = messages.slice(from);
  const first = window.findIndex(({ by }) => by === 'person');
  return (first < 0 ? [] : window.slice(first)).map(({ by, text }) => ({
    by: by === 'person' ? 'person' : 'model',
    text,
  }));
}

function toWords({ status, booking: { practitionerName, serviceName, startsAt } }: ActionView): string {
  return `Proposed before: ${JSON.stringify({ serviceName, practitionerName, startsAt })}; that is ${status} now.`;
}
