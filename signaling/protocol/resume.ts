import { z } from 'zod';
import { Id } from './ids.ts';

/**
 * By this a page that lost its socket alone proves that it is the one it was, and keeps its media. Given with each join; the
 * same `key` for as long as the page holds on to what it has built.
 */
export const Resume = z.strictObject({
  /** Made at random by the page, of 128 bits at least, and shown to the server alone. */
  key: z.string().min(22).max(64),
  /** The transports that the page has; none at first, and none where media goes between the browsers. */
  transports: z.array(Id).max(2),
});
export type Resume = z.infer<typeof Resume>;
