import { Button, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { isoDay } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import type { CalendarPlace } from './calendar-place.ts';
import { step } from './events.ts';
import styles from './planning.module.css';
import { isDesk } from './planning-page.tsx';
import { WhoWhereFilter } from './who-where-filter.tsx';

interface CalendarBarProps {
  place: CalendarPlace;
  onChange: (part: Partial<CalendarPlace>) => void;
}

/** Which days, whose and where. */
export function CalendarBar({ place, onChange }: CalendarBarProps) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const user = useUser();
  const { view, day } = place;
  const isWeek = view === 'week';
  return (
    <div className={styles['bar']}>
      <div className="row">
        <Button
          variant="default"
          aria-label={t(isWeek ? 'calendar.previousWeek' : 'calendar.previousDay')}
          onClick={() => onChange({ day: step(day, view, -1) })}
        >
          <IconChevronLeft size={20} aria-hidden />
        </Button>
        <Button variant="default" onClick={() => onChange({ day: isoDay(time, Date.now()) })}>
          {t('calendar.today')}
        </Button>
        <Button
          variant="default"
          aria-label={t(isWeek ? 'calendar.nextWeek' : 'calendar.nextDay')}
          onClick={() => onChange({ day: step(day, view, 1) })}
        >
          <IconChevronRight size={20} aria-hidden />
        </Button>
        <fieldset className={styles['toggle']} aria-label={t('calendar.view')}>
          {(['day', 'week'] as const).map((one) => (
            <Button
              key={one}
              variant={view === one ? 'filled' : 'default'}
              aria-pressed={view === one}
              onClick={() => onChange({ view: one })}
            >
              {t(`calendar.${one}`)}
            </Button>
          ))}
        </fieldset>
      </div>
      <TextInput
        type="date"
        label={t('calendar.date')}
        value={day}
        onChange={({ currentTarget: { value } }) => {
          if (value !== '') onChange({ day: value });
        }}
      />
      {isDesk(user) && <WhoWhereFilter doctor={place.doctor} place={place.place} onChange={onChange} />}
    </div>
  );
}
