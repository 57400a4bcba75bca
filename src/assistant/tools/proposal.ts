/** What the assistant would do once the person confirms it. */
import { z } from 'zod';
import { ActionView } from '../chat/schema.ts';

/** What the route will be sent, and what the person is shown of it: by the clinic's own names, never by the model's words. */
export const Proposal = z.object({ body: z.record(z.string(), z.unknown()), booking: ActionView.shape.booking });
export type Proposal = z.infer<typeof Proposal>;
