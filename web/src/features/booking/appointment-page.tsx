import '../../ui/i18n/scheduling.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../api/scheduling.ts';
import { useNow } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { usePlace } from '../../ui/router/router.tsx';
import { clockWithZone } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { VisitPayment } from '../pay/visit-payment.tsx';
import { AnswerOffer } from './answer-offer.tsx';
import styles from './booking.module.css';
import { CalendarButton } from './calendar-button.tsx';
import { CancelAppointment } from './cancel-appointment.tsx';
import { possible } from './own-appointment.ts';
import { Summary } from './summary.tsx';
import { useAppointment } from './use-appointment.ts';
import { useOwnTime, useTimeWords } from './use-own-time.ts';

interface StandingProps {
  appointment: Appointment;
  isOwn: boolean;
}

function Standing({ appointment, isOwn }: StandingProps) {
  const { t } = useTranslation('scheduling');
  const own = useOwnTime();
  const when = useTimeWords()(appointment.startsAt).own;
  const { intent } = usePlace();
  const now = useNow(15_000);
  const { status, holdUntil, cancelledLate } = appointment;
  if (status === 'booked' && (intent === 'booked' || intent === 'moved')) {
    if (!isOwn) {
      return (
        <Notice tone="good" live="status" title={t('book.bookedFor')}>
          <p>{t('book.bookedForText', { patient: appointment.patientName })}</p>
        </Notice>
      );
    }
    return (
      <Notice tone="good" live="status" title={t(intent === 'booked' ? 'book.booked' : 'appointment.moved')}>
        <p>{intent === 'booked' ? t('book.bookedText') : t('appointment.movedText', { when })}</p>
      </Notice>
    );
  }
  const time = holdUntil === null ? '' : clockWithZone(own, holdUntil);
  const isGone = status === 'pending' && !possible(appointment, now, 0).answer;
  return (
    <Notice tone={status === 'cancelled' || status === 'noshow' || isGone ? 'warning' : 'plain'} live="status">
      <p>{isGone ? t('appointment.held', { time }) : t(`appointment.state.${status}`, { time })}</p>
      {cancelledLate && <p>{t('appointment.late')}</p>}
    </Notice>
  );
}

function Actions({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('scheduling');
  const user = useUser();
  const now = useNow(15_000);
  const { cancelFreeHours } = user.tenant;
  const { id, status, meetingId } = appointment;
  const isOwn = user.patientId === appointment.patientId;
  const can = possible(appointment, now, cancelFreeHours);
  const isOpen = status === 'booked' || status === 'arrived';
  return (
    <div className="stack">
      {can.answer && isOwn && <AnswerOffer appointmentId={id} />}
      <div className="row">
        {isOpen && isOwn && meetingId !== null && (
          <Button component={Link} to={paths.visit(meetingId)} size="md">
            {t('appointment.toWaitingRoom')}
          </Button>
        )}
        {isOpen && <CalendarButton appointmentId={id} />}
        {user.scopes.includes('uploads:read') && (
          <Button component={Link} to={isOwn ? paths.files : paths.filesOf(appointment.patientId)} variant="default">
            {t(isOwn ? 'appointment.ownFiles' : 'appointment.files')}
          </Button>
        )}
        {can.move && isOwn && (
          <Button component={Link} to={paths.moveAppointment(id)} variant="default">
            {t('appointment.move')}
          </Button>
        )}
        {can.cancel && isOwn && <CancelAppointment appointment={appointment} isLate={can.isLate} canMove={can.move} />}
        {!isOpen && !can.answer && isOwn && (
          <Button component={Link} to={paths.book}>
            {t('appointment.bookAnother')}
          </Button>
        )}
      </div>
      {can.tooLateToMove && isOwn && <p className="dimmed">{t('appointment.tooLate', { count: cancelFreeHours })}</p>}
    </div>
  );
}

/** One visit as it was booked: when, where, what it costs, and what can still be done with it. */
export function AppointmentPage({ params }: { params: Params }) {
  const { t } = useTranslation('scheduling');
  const { data, error, refetch } = useAppointment(params['appointmentId'] ?? '');
  const user = useUser();
  const retry = () => void refetch();
  const isPatient = user.patientId !== null;
  const back = (
    <Button component={Link} to={isPatient ? paths.visits : paths.calendar} variant="subtle">
      {t(isPatient ? 'appointment.back' : 'appointment.toCalendar')}
    </Button>
  );
  if (data === undefined) {
    return (
      <Page title={t('appointment.loading')}>
        {error === null ? (
          <Patience text={t('appointment.loading')} onRetry={retry} />
        ) : (
          <div className="stack">
            <Failure error={error} onRetry={retry} />
            {back}
          </div>
        )}
      </Page>
    );
  }
  return (
    <Page title={t('appointment.title', { doctor: data.practitionerName })}>
      <div className="stack">
        <Standing appointment={data} isOwn={user.patientId === data.patientId} />
        <section className={styles['card']} aria-label={t('book.summary')}>
          <Summary
            facts={{
              doctor: data.practitionerName,
              patient: user.patientId === data.patientId ? null : data.patientName,
              service: data.serviceName,
              startsAt: data.startsAt,
              modality: data.modality,
              place: [data.locationName, data.roomName].filter((part) => part !== null).join(', ') || null,
              priceMinor: data.priceMinor,
              currency: data.currency,
            }}
          />
        </section>
        {user.patientId === data.patientId && data.priceMinor > 0 && <VisitPayment appointment={data} />}
        <Actions appointment={data} />
        <div>{back}</div>
      </div>
    </Page>
  );
}
