/** What is being booked, as it stands in the address: ids, times and words of closed lists, never what a person wrote. */
import type { VisitModality } from '../../api/scheduling.ts';

export interface Choice {
  /** Whom the desk books for. */
  patient: string | null;
  service: string | null;
  way: VisitModality | null;
  /** The location, when one was chosen. */
  place: string | null;
  /** The start of the chosen time. */
  at: string | null;
  /** Where the chosen time is, if on site. */
  site: string | null;
}

export function readChoice(search: string): Choice {
  const query = new URLSearchParams(search);
  const word = (key: string) => query.get(key) || null;
  const way = word('way');
  const at = word('at');
  return {
    patient: word('patient'),
    service: word('service'),
    way: way === 'video' || way === 'in_person' ? way : null,
    place: word('place'),
    at: at !== null && !Number.isNaN(Date.parse(at)) ? at : null,
    site: word('site'),
  };
}

/** With its `?`, or empty. */
export function writeChoice(choice: Partial<Choice>): string {
  const pairs = Object.entries(choice).flatMap(([key, value]): [string, string][] => (value ? [[key, value]] : []));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
