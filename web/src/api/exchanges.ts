/** The record of exchanges with the assistant over REST: what was asked and answered, shortened and redacted. */
import type { ExchangePage, ExchangeQuery } from '../../../src/assistant/chat/schema.ts';
import type { Session } from './session.ts';

export type Exchange = ExchangePage['items'][number];
export type ExchangeFilter = {
  [K in Exclude<keyof ExchangeQuery, 'limit' | 'cursor'>]?: string | undefined;
};

/** As the server has them (src/assistant/chat/schema.ts). */
export const exchangeAudiences = [
  'patient',
  'doctor',
  'lab',
  'staff',
] as const satisfies readonly Exchange['audience'][];
export const exchangeKinds = [
  'answer',
  'disclaimer',
  'emergency',
  'failed',
] as const satisfies readonly Exchange['kind'][];

export async function listExchanges(
  session: Session,
  filter: ExchangeFilter,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<ExchangePage> {
  const answer = await session.request({ path: '/chat/exchanges', query: { ...filter, limit: 30, cursor }, signal });
  return (await answer.json()) as ExchangePage;
}
