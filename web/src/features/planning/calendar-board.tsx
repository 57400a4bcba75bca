import '@mantine/core/styles/ScrollArea.css';
import '@mantine/schedule/styles.css';
import { DayView, WeekView } from '@mantine/schedule';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../api/scheduling.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { clock, longDay } from '../../ui/time.ts';
import { type CalendarPlace, spanOf } from './calendar-place.ts';
import { hoursOf, toEvents } from './events.ts';
import styles from './planning.module.css';
import type { Moving } from './use-move.tsx';
import { addDays, fromWall, toWall } from './wall.ts';

interface CalendarBoardProps {
  place: CalendarPlace;
  appointments: readonly Appointment[];
  onOpen: (id: string) => void;
  onMove: (moving: Moving) => void;
}

/** The drawn day or week, on the clinic's wall clock whatever zone the computer is in. */
export function CalendarBoard({ place, appointments, onOpen, onMove }: CalendarBoardProps) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const key = place.doctor === null ? 'calendar.eventOf' : 'calendar.event';
  const hours = hoursOf(appointments, time);
  const find = (id: string | number) => appointments.find((one) => one.id === id);
  const { first, end } = spanOf(place);
  const now = useNow(60_000);
  const day = (iso: string) => longDay(time, fromWall(time, `${iso} 12:00:00`), now);
  const wordsOf = (wall: string) => clock(time, fromWall(time, wall));
  const common = {
    date: place.day,
    events: toEvents(appointments, time, (words) => t(key, words)),
    startTime: hours.from,
    endTime: hours.to,
    intervalMinutes: 30,
    eventDragInterval: 15,
    withHeader: false,
    withEventsDragAndDrop: true,
    withCurrentTimeBubble: false,
    getCurrentTime: () => new Date(toWall(time, Date.now()).replace(' ', 'T')),
    slotLabelFormat: (wall: string) => wordsOf(`${wall.slice(0, 10)} ${wall.slice(11, 19) || '00:00:00'}`),
    canDragEvent: ({ id }: { id: string | number }) => find(id)?.status === 'booked',
    onEventClick: ({ id }: { id: string | number }) => onOpen(String(id)),
    onEventDrop({ eventId, newStart }: { eventId: string | number; newStart: string }) {
      const appointment = find(eventId);
      const startsAt = fromWall(time, newStart).toISOString();
      if (appointment !== undefined && startsAt !== appointment.startsAt) onMove({ appointment, startsAt });
    },
  };
  return (
    <section className={styles['board']} aria-label={t('calendar.region')}>
      <h2>
        {place.view === 'week' ? t('wait.span', { from: day(first), to: day(addDays(end, -1)) }) : day(place.day)}
      </h2>
      {place.view === 'week' ? (
        <WeekView {...common} withAllDaySlots={false} withWeekNumber={false} highlightToday />
      ) : (
        <DayView {...common} withAllDaySlot={false} />
      )}
    </section>
  );
}
