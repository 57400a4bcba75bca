/** A conversation on the screen: what was said, what is being said, and what went wrong. Pure. */
import type { ActionView, ChatReply, ConversationView } from '../../api/assistant.ts';

export interface Line {
  key: string;
  by: 'person' | 'assistant';
  kind: 'answer' | 'disclaimer' | 'emergency' | null;
  text: string;
  emergencyNumber: string | null;
  offer: 'book' | null;
  actions: readonly ActionView[];
}

/** What the assistant is about to say. */
export interface Pending {
  /** What was asked. */
  message: string;
  text: string;
  /** Being looked up. */
  tool: string | null;
}

export interface Talk {
  conversationId: string | undefined;
  lines: readonly Line[];
  pending: Pending | null;
  /** What was asked and came to nothing: stopped by the person, or failed. */
  failed: { message: string; error: unknown; wasStopped: boolean } | null;
}

export type TalkEvent =
  | { type: 'asked'; message: string }
  | { type: 'text'; text: string }
  | { type: 'replaced' }
  | { type: 'tool'; tool: string }
  | { type: 'answered'; reply: ChatReply }
  | { type: 'failed'; error: unknown; wasStopped: boolean }
  | { type: 'settled'; action: ActionView };

export const silence: Talk = { conversationId: undefined, lines: [], pending: null, failed: null };

const line = (key: string, by: Line['by'], text: string): Line => ({
  key,
  by,
  kind: null,
  text,
  emergencyNumber: null,
  offer: null,
  actions: [],
});

/** As it was kept. An older emergency shows the number that is right today. */
export function talkOf({ id, messages, actions }: ConversationView, emergencyNumber: string): Talk {
  const lines = messages.map((message): Line => {
    const number = message.kind === 'emergency' ? emergencyNumber : null;
    return { ...line(message.id, message.by, message.text), kind: message.kind, emergencyNumber: number };
  });
  // Ids are made in order (UUID version 7): what was proposed stands below the answer that it came with.
  for (const action of actions.toReversed()) {
    const at = lines.findLastIndex((one) => one.by === 'assistant' && one.key < action.id);
    const answer = lines[at];
    if (answer) lines[at] = { ...answer, actions: [...answer.actions, action] };
  }
  return { ...silence, conversationId: id, lines };
}

export function nextTalk(talk: Talk, event: TalkEvent): Talk {
  const { pending } = talk;
  switch (event.type) {
    case 'asked': {
      const own = line(`own ${talk.lines.length}`, 'person', event.message);
      return {
        ...talk,
        lines: [...talk.lines, own],
        pending: { message: event.message, text: '', tool: null },
        failed: null,
      };
    }
    case 'text':
      return pending ? { ...talk, pending: { ...pending, text: pending.text + event.text, tool: null } } : talk;
    case 'replaced':
      return pending ? { ...talk, pending: { ...pending, text: '', tool: null } } : talk;
    case 'tool':
      return pending ? { ...talk, pending: { ...pending, tool: event.tool } } : talk;
    case 'answered': {
      const { reply, kind, emergencyNumber, offer, actions, conversationId } = event.reply;
      const said = { ...line(`said ${talk.lines.length}`, 'assistant', reply), kind, emergencyNumber, offer, actions };
      return { conversationId, lines: [...talk.lines, said], pending: null, failed: null };
    }
    case 'failed': {
      if (!pending) return talk;
      // What was asked goes back to where it can be sent again.
      const { error, wasStopped } = event;
      const lines = talk.lines.slice(0, -1);
      return { ...talk, lines, pending: null, failed: { message: pending.message, error, wasStopped } };
    }
    case 'settled':
      return { ...talk, lines: talk.lines.map((one) => withAction(one, event.action)) };
  }
}

function withAction(one: Line, action: ActionView): Line {
  return { ...one, actions: one.actions.map((old) => (old.id === action.id ? action : old)) };
}
