/** The filters of the record of exchanges, in the address bar and as the server takes them. Pure. */
import { type ExchangeFilter, exchangeAudiences, exchangeKinds } from '../../api/exchanges.ts';
import { type ClinicTime, dayStart, nextDay } from '../../ui/time.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;

export const exchangeFilterForms = {
  from: day,
  to: day,
  role: new RegExp(`^(${exchangeAudiences.join('|')})$`),
  kind: new RegExp(`^(${exchangeKinds.join('|')})$`),
};
export type ExchangeFilterValues = Record<keyof typeof exchangeFilterForms, string>;

/** Days become instants in the clinic's zone; both are inside. */
export function toExchangeFilter({ from, to, role, kind }: ExchangeFilterValues, time: ClinicTime): ExchangeFilter {
  return {
    from: from === '' ? undefined : dayStart(time, from)?.toISOString(),
    to: to === '' ? undefined : dayStart(time, nextDay(to))?.toISOString(),
    audience: role === '' ? undefined : role,
    kind: kind === '' ? undefined : kind,
  };
}
