/** The filters of the history, as they stand in the address bar and as the server takes them. Pure. */
import { endReasons, type MeetingFilter, type MeetingSort, meetingSorts, meetingStatuses } from '../../api/meetings.ts';
import { type ClinicTime, dayStart, nextDay } from '../../ui/time.ts';

export interface Filters {
  status: NonNullable<MeetingFilter['status']> | null;
  doctorId: string | null;
  patientId: string | null;
  /** Days in the clinic's zone, `2026-11-21`; both are inside. */
  from: string | null;
  to: string | null;
  endReason: NonNullable<MeetingFilter['endReason']> | null;
  minMinutes: number | null;
  sort: MeetingSort;
}

export const defaultSort: MeetingSort = '-scheduledAt';

function oneOf<T extends string>(values: readonly T[], value: string | null): T | null {
  return values.find((one) => one === value) ?? null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;

function fitting(pattern: RegExp, value: string | null): string | null {
  return value !== null && pattern.test(value) ? value : null;
}

function minutes(value: string | null): number | null {
  const number = Number(value ?? '');
  return Number.isInteger(number) && number > 0 && number <= 100_000 ? number : null;
}

/** From the address bar. What makes no sense there is left out, so that a link that was cut short still opens. */
export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  return {
    status: oneOf(meetingStatuses, query.get('status')),
    doctorId: fitting(uuid, query.get('doctor')),
    patientId: fitting(uuid, query.get('patient')),
    from: fitting(day, query.get('from')),
    to: fitting(day, query.get('to')),
    endReason: oneOf(endReasons, query.get('ended')),
    minMinutes: minutes(query.get('minutes')),
    sort: oneOf(meetingSorts, query.get('sort')) ?? defaultSort,
  };
}

/** Back into the address bar; empty when nothing is filtered. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | null) => {
    if (value !== null) query.set(name, String(value));
  };
  put('status', filters.status);
  put('doctor', filters.doctorId);
  put('patient', filters.patientId);
  put('from', filters.from);
  put('to', filters.to);
  put('ended', filters.endReason);
  put('minutes', filters.minMinutes);
  put('sort', filters.sort === defaultSort ? null : filters.sort);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether anything is left out; the order leaves nothing out. */
export function isFiltered(filters: Filters): boolean {
  return writeFilters({ ...filters, sort: defaultSort }) !== '';
}

/** As the server takes them: days become instants in the clinic's zone. */
export function toQuery(filters: Filters, time: ClinicTime): MeetingFilter {
  const from = filters.from === null ? null : dayStart(time, filters.from);
  const to = filters.to === null ? null : dayStart(time, nextDay(filters.to));
  return {
    status: filters.status ?? undefined,
    doctorId: filters.doctorId ?? undefined,
    patientId: filters.patientId ?? undefined,
    from: from?.toISOString(),
    to: to?.toISOString(),
    endReason: filters.endReason ?? undefined,
    minDurationSeconds: filters.minMinutes === null ? undefined : filters.minMinutes * 60,
    sort: filters.sort,
  };
}

/** What pressing a column's head does: its greatest first, then its least. */
export function sortedBy(current: MeetingSort, column: 'scheduledAt' | 'startedAt' | 'durationSeconds'): MeetingSort {
  return current === `-${column}` ? column : `-${column}`;
}
