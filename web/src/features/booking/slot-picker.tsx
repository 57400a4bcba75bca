import { Button } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotSearch, SlotView } from '../../api/scheduling.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { clock, longDay, zoneName } from '../../ui/time.ts';
import styles from './booking.module.css';
import { byDay, differs, type SlotDay } from './days.ts';
import { useOwnTime } from './use-own-time.ts';
import { useSlots } from './use-slots.ts';

interface SlotButtonProps {
  slot: SlotView;
  now: number;
  /** The place, where several are on offer. */
  place: string | undefined;
  onChoose: (slot: SlotView) => void;
}

function SlotButton({ slot, now, place, onChoose }: SlotButtonProps) {
  const { t } = useTranslation('scheduling');
  const own = useOwnTime();
  const clinic = useClinicTime();
  const time = clock(own, slot.startsAt);
  const isElsewhere = differs(own, clinic, slot.startsAt);
  return (
    <button
      type="button"
      className={styles['slot']}
      aria-label={[t('times.choose', { day: longDay(own, slot.startsAt, now), time }), place]
        .filter((part) => part !== undefined)
        .join(', ')}
      onClick={() => onChoose(slot)}
    >
      <time dateTime={slot.startsAt}>{time}</time>
      {isElsewhere && <small>{t('times.atClinic', { time: clock(clinic, slot.startsAt) })}</small>}
      {place !== undefined && <small>{place}</small>}
    </button>
  );
}

interface SlotListProps {
  slots: readonly SlotView[];
  /** Names of places by id; told where the visit may be at several. */
  places?: ReadonlyMap<string, string> | undefined;
  onChoose: (slot: SlotView) => void;
}

/** A few times to choose from. */
export function SlotList({ slots, places, onChoose }: SlotListProps) {
  const now = useNow(60_000);
  const nameOf = ({ locationId }: SlotView) => (locationId === null ? undefined : places?.get(locationId));
  return (
    <ul className={styles['slots']}>
      {slots.map((slot) => (
        <li key={`${slot.startsAt} ${slot.locationId}`}>
          <SlotButton slot={slot} now={now} place={nameOf(slot)} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

function Day({ of, isFirst, ...rest }: { of: SlotDay; isFirst: boolean } & Omit<SlotListProps, 'slots'>) {
  const { t } = useTranslation('scheduling');
  const own = useOwnTime();
  const now = useNow(60_000);
  const [first] = of.slots;
  if (first === undefined) return null;
  const day = longDay(own, first.startsAt, now);
  return (
    <details className={styles['day']} open={isFirst}>
      <summary>{t('times.dayCount', { day, count: of.slots.length })}</summary>
      <SlotList slots={of.slots} {...rest} />
    </details>
  );
}

function ZoneWords() {
  const { t } = useTranslation('scheduling');
  const own = useOwnTime();
  const clinic = useClinicTime();
  const now = useNow(60_000);
  const names = { own: zoneName(own, now), clinic: zoneName(clinic, now) };
  return <p className="dimmed">{t(differs(own, clinic, now) ? 'times.zones' : 'times.zone', names)}</p>;
}

interface SlotPickerProps extends Omit<SlotListProps, 'slots'> {
  search: Omit<SlotSearch, 'from' | 'to'>;
  /** What else can be done when nothing is free. */
  otherwise?: ReactNode;
}

/** Free times by day, in one's own zone; the first day open. */
export function SlotPicker({ search, otherwise, ...rest }: SlotPickerProps) {
  const { t } = useTranslation('scheduling');
  const own = useOwnTime();
  const heading = useId();
  const now = useNow(60_000);
  const found = useSlots(search);
  const retry = () => void found.refetch();
  if (found.error !== null && found.data === undefined) return <Failure error={found.error} onRetry={retry} />;
  if (found.isPending) return <Patience text={t('times.loading')} onRetry={retry} />;
  const days = byDay(found.slots, own);
  const until = longDay(own, found.until, now);
  const later = found.hasNextPage && (
    <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
      {t('times.later')}
    </Button>
  );
  return (
    <section className="stack" aria-labelledby={heading}>
      <h2 id={heading} className="visually-hidden">
        {t('times.label')}
      </h2>
      <ZoneWords />
      {days.length === 0 && (
        <EmptyState title={found.hasNextPage ? t('times.none', { day: until }) : t('times.noneAtAll')}>
          {t('times.noneText')}
        </EmptyState>
      )}
      {days.map((of, index) => (
        <Day key={of.day} of={of} isFirst={index === 0} {...rest} />
      ))}
      {found.error !== null && <Failure error={found.error} />}
      <div className="row">
        {later}
        {days.length > 0 && <span className="dimmed">{t('times.until', { day: until })}</span>}
      </div>
      {days.length === 0 && otherwise}
    </section>
  );
}
