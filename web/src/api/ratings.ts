/** How visits were rated, over REST. */
import type { CommentPage, RatingMonths, RatingTotals } from '../../../src/meetings/ratings/schema.ts';
import type { Session } from './session.ts';

export type { RatingTotals };
export type RatingMonth = RatingMonths['items'][number];
export type RatingComment = CommentPage['items'][number];

export interface RatingFilter {
  doctorId?: string | undefined;
  /** The last so many of the clinic's calendar. */
  months: number;
}

export interface RatingsApi {
  totals(filter: RatingFilter, signal?: AbortSignal): Promise<RatingTotals>;
  months(filter: RatingFilter, signal?: AbortSignal): Promise<RatingMonth[]>;
  comments(doctorId: string | undefined, cursor?: string, signal?: AbortSignal): Promise<CommentPage>;
}

export function createRatingsApi(session: Session): RatingsApi {
  async function json<T>(path: string, query: Record<string, string | number | undefined>, signal?: AbortSignal) {
    return (await (await session.request({ path, query, signal })).json()) as T;
  }
  return {
    totals: (filter, signal) => json('/ratings', { ...filter }, signal),
    months: async (filter, signal) => (await json<RatingMonths>('/ratings/by-month', { ...filter }, signal)).items,
    comments: (doctorId, cursor, signal) => json('/ratings/comments', { doctorId, cursor, limit: 20 }, signal),
  };
}
