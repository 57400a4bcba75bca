/** What the assistant takes and answers over REST. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';

/** Long enough for a story; what is longer is seldom read, not even by a model. */
export const longestMessage = 8_000;

export const ChatKind = z.enum(['answer', 'disclaimer', 'emergency']).meta({
  id: 'ChatKind',
  description:
    '`emergency`: call the number now. `disclaimer`: only a clinician may answer that. `answer`: what the assistant said.',
});
export type ChatKind = z.infer<typeof ChatKind>;

export const Ask = z
  .strictObject({
    message: z.string().trim().min(1).max(longestMessage).meta({ example: 'When is Dr Rao free on Monday?' }),
    conversationId: Id.optional().meta({ description: 'An own one, to go on with it; a new one when left out.' }),
  })
  .meta({ id: 'ChatAsk' });
export type Ask = z.output<typeof Ask>;

export const ActionStatus = z.enum(['pending', 'confirmed', 'done', 'declined', 'failed', 'expired']);
export type ActionStatus = z.infer<typeof ActionStatus>;

export const ActionView = z
  .object({
    id: Id,
    conversationId: Id,
    kind: z.enum(['book']),
    status: ActionStatus.meta({ description: '`confirmed` while it is being done.' }),
    booking: z
      .object({
        practitionerName: z.string(),
        serviceName: z.string(),
        startsAt: Instant,
        modality: z.enum(['video', 'in_person']),
        locationName: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .meta({ description: 'What will be booked, as the clinic calls it.' }),
    expiresAt: Instant.meta({ description: 'Until when it can be confirmed.' }),
    appointmentId: Id.nullable().meta({ description: 'What came of it.' }),
    errorCode: z.string().nullable().meta({ description: 'Why it failed.' }),
  })
  .meta({ id: 'ChatAction' });
export type ActionView = z.infer<typeof ActionView>;

export const ChatReply = z
  .object({
    conversationId: Id,
    kind: ChatKind,
    reply: z.string().meta({ description: 'Plain text with Markdown emphasis and lists.' }),
    emergencyNumber: z.string().nullable().meta({ description: "The clinic's number to call, in an emergency." }),
    offer: z.enum(['book']).nullable().meta({ description: 'What to offer beside the reply: to book a visit.' }),
    actions: z.array(ActionView).meta({ description: 'What the assistant would do once the person confirms it.' }),
  })
  .meta({ id: 'ChatReply' });
export type ChatReply = z.infer<typeof ChatReply>;

export const ChatEvents = z.string().meta({
  id: 'ChatEvents',
  description:
    'Events: `text` {text} to be added to what is shown; `tool` {tool} while something is looked up; `replace` {} when all that ' +
    'was shown must go; `done` with the same object as the JSON answer, whose `reply` is what counts; `error` {code, title, ' +
    'detail, requestId} as the last one when it failed in the middle.',
  example: 'event: text\ndata: {"text":"We open at nine."}\n\n',
});

export const AssistantState = z
  .object({
    isConfigured: z.boolean().meta({ description: 'Without a model only emergencies and disclaimers are answered.' }),
    clinicName: z.string(),
    emergencyNumber: z.string(),
    longestMessage: z.int(),
  })
  .meta({ id: 'AssistantState' });

export const ChatParams = z.strictObject({ id: Id });

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
};
const nextCursor = z.string().nullable().meta({ description: 'Null when this was the last page.' });
export const ChatQuery = z.strictObject(page);
export type ChatQuery = z.output<typeof ChatQuery>;

export const ConversationLine = z
  .object({
    id: Id,
    title: z.string().meta({ description: 'How it began.' }),
    createdAt: Instant,
    lastAt: Instant,
  })
  .meta({ id: 'ChatConversationLine' });
export type ConversationLine = z.infer<typeof ConversationLine>;

export const ConversationPage = z
  .object({ items: z.array(ConversationLine), nextCursor })
  .meta({ id: 'ChatConversationPage' });
export type ConversationPage = z.infer<typeof ConversationPage>;

export const MessageView = z
  .object({
    id: Id,
    by: z.enum(['person', 'assistant']),
    kind: ChatKind.nullable(),
    text: z.string(),
    at: Instant,
  })
  .meta({ id: 'ChatMessage' });
export type MessageView = z.infer<typeof MessageView>;

export const ConversationView = ConversationLine.extend({
  messages: z.array(MessageView).meta({ description: 'The last 200, oldest first.' }),
  actions: z.array(ActionView),
}).meta({ id: 'ChatConversation' });
export type ConversationView = z.infer<typeof ConversationView>;

const ExchangeAudience = z.enum(['patient', 'doctor', 'lab', 'staff']);
const ExchangeKind = z.enum(['answer', 'disclaimer', 'emergency', 'failed']);
const when = z.iso.datetime({ offset: true });

export const ExchangeQuery = z.strictObject({
  ...page,
  from: when.optional().meta({ description: 'At or after.', example: '2026-11-01T00:00:00.000Z' }),
  to: when.optional().meta({ description: 'Before.' }),
  audience: ExchangeAudience.optional().meta({ description: 'As whom they asked.' }),
  kind: ExchangeKind.optional(),
});
export type ExchangeQuery = z.output<typeof ExchangeQuery>;

export const ExchangeLine = z
  .object({
    id: Id,
    userId: Id,
    conversationId: Id,
    audience: ExchangeAudience,
    kind: ExchangeKind,
    sign: z.string().nullable(),
    ask: z.string().nullable(),
    replaced: z.boolean().meta({ description: 'The model had said what it must not.' }),
    askedPreview: z.string().max(200),
    replyPreview: z.string().max(200),
    tools: z.array(z.string()),
    model: z.string().nullable(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    milliseconds: z.int(),
    requestId: z.string(),
    at: Instant,
  })
  .meta({ id: 'ChatExchange' });
export type ExchangeLine = z.infer<typeof ExchangeLine>;

export const ExchangePage = z.object({ items: z.array(ExchangeLine), nextCursor }).meta({ id: 'ChatExchangePage' });
export type ExchangePage = z.infer<typeof ExchangePage>;
