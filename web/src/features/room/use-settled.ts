import { useLasting } from './use-lasting.ts';

/** Whoever hears but is not seen has waited long enough. */
const latestMs = 3_000;

/** Whether the others' media is there, or is taking long: what is not part of the call itself is fetched after it. */
export function useSettled(mediaSince: number | null): boolean {
  const isLate = useLasting(true, latestMs);
  return mediaSince !== null || isLate;
}
