/** Free times by day, in one's own zone. Pure. */
import type { SlotView } from '../../api/scheduling.ts';
import { type ClinicTime, clock, isoDay } from '../../ui/time.ts';

export interface SlotDay {
  /** `2026-11-21` in the zone that was asked for. */
  day: string;
  slots: SlotView[];
}

/** The slots, which come in order, by the day on which they begin in the given zone. */
export function byDay(slots: readonly SlotView[], time: ClinicTime): SlotDay[] {
  const days = new Map<string, SlotView[]>();
  for (const slot of slots) {
    const day = isoDay(time, slot.startsAt);
    const known = days.get(day);
    if (known === undefined) days.set(day, [slot]);
    else known.push(slot);
  }
  return [...days].map(([day, of]) => ({ day, slots: of }));
}

/** Whether clocks in the two zones show something else at that instant. Two names may be the same time. */
export function differs(one: ClinicTime, other: ClinicTime, at: string | number): boolean {
  const shown = (zone: ClinicTime) => `${isoDay(zone, at)} ${clock({ ...zone, locale: one.locale }, at)}`;
  return shown(one) !== shown(other);
}

/** The next few at or after an instant: for whoever just missed one. */
export function nextAfter(slots: readonly SlotView[], startsAt: string, count: number): SlotView[] {
  const later = slots.filter((slot) => Date.parse(slot.startsAt) >= Date.parse(startsAt));
  return later.length >= count ? later.slice(0, count) : slots.slice(-count);
}
