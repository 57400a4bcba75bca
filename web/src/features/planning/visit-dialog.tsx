import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../api/scheduling.ts';
import { seesAll } from '../../api/user.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import booking from '../booking/booking.module.css';
import { AttendButtons } from './attend-buttons.tsx';
import { CancelButton } from './cancel-button.tsx';
import styles from './planning.module.css';
import type { Moving } from './use-move.tsx';
import { fromWall, toWall } from './wall.ts';

function MoveForm({ appointment, onMove }: { appointment: Appointment; onMove: (moving: Moving) => void }) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const [now] = useState(() => toWall(time, appointment.startsAt));
  const [day, setDay] = useState(now.slice(0, 10));
  const [clock, setClock] = useState(now.slice(11, 16));
  const [isMissing, setMissing] = useState(false);
  return (
    <form
      className={booking['pair']}
      aria-label={t('visit.move')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(day === '' || clock === '');
        if (day !== '' && clock !== '') {
          onMove({ appointment, startsAt: fromWall(time, `${day} ${clock}:00`).toISOString() });
        }
      }}
    >
      <TextInput
        type="date"
        label={t('visit.moveDate')}
        value={day}
        error={isMissing && t('visit.moveMissing')}
        onChange={({ currentTarget: { value } }) => setDay(value)}
      />
      <TextInput
        type="time"
        label={t('visit.moveTime')}
        value={clock}
        onChange={({ currentTarget: { value } }) => setClock(value)}
      />
      <div>
        <Button type="submit" variant="default">
          {t('visit.moveYes')}
        </Button>
      </div>
    </form>
  );
}

function Facts({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const { practitionerName, serviceName, startsAt, modality, locationName, roomName, status, reason, cancelReason } =
    appointment;
  const rows: [string, string | null][] = [
    [t('visit.when'), stamp(time, startsAt)],
    [t('visit.doctor'), practitionerName],
    [t('visit.service'), serviceName],
    [t('visit.how'), t(`way.${modality}`)],
    [t('visit.where'), [locationName, roomName].filter((part) => part !== null).join(', ') || null],
    [t('visit.state'), t(`state.${status}`)],
    [t('visit.reason'), reason],
    [t('visit.cancelReason'), cancelReason],
  ];
  return (
    <dl className={booking['facts']}>
      {rows.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface VisitDialogProps {
  /** Null while none is open. */
  appointment: Appointment | null;
  onMove: (moving: Moving) => void;
  onClose: () => void;
}

/** One visit of the calendar, and everything that can be done with it; moving it by keyboard too. */
export function VisitDialog({ appointment, onMove, onClose }: VisitDialogProps) {
  const { t } = useTranslation('planning');
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  const now = useNow(15_000);
  const user = useUser();
  const isOpen = appointment !== null;
  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen) dialog.current?.close();
  }, [isOpen]);
  const canMove = appointment?.status === 'booked';
  const isCancellable = canMove || appointment?.status === 'arrived' || appointment?.status === 'pending';
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {appointment !== null && (
        <div className="stack">
          <h2 id={name}>{t('visit.title', { patient: appointment.patientName })}</h2>
          <Facts appointment={appointment} />
          {canMove && <MoveForm key={appointment.startsAt} appointment={appointment} onMove={onMove} />}
          <div className="row">
            <AttendButtons appointment={appointment} now={now} />
            {isCancellable && <CancelButton appointment={appointment} onDone={onClose} />}
            {appointment.meetingId !== null && (
              <Button
                component={Link}
                variant="default"
                to={seesAll(user) ? paths.historyVisit(appointment.meetingId) : paths.deskVisit(appointment.meetingId)}
              >
                {t('visit.open')}
              </Button>
            )}
          </div>
          <div>
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
          </div>
        </div>
      )}
    </dialog>
  );
}
