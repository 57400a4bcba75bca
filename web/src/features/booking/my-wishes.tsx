import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WaitlistEntry } from '../../api/scheduling.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { longDay } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './booking.module.css';
import { useDoctor } from './use-doctors.ts';
import { useScheduling } from './use-scheduling.ts';

function DoctorsName({ id, children }: { id: string; children: (name: string) => string }) {
  const { data } = useDoctor(id);
  return data === undefined ? null : children(data.name);
}

function Wish({ wish }: { wish: WaitlistEntry }) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const time = useClinicTime();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const leave = useMutation({
    mutationFn: () => api.leaveWaitlist(wish.id),
    onSuccess: () => announce(t('wishes.left', { service: wish.serviceName })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['wishes'] }),
  });
  const now = useNow(60_000);
  const words = {
    service: wish.serviceName,
    from: longDay(time, wish.from, now),
    to: longDay(time, wish.to, now),
  };
  return (
    <li>
      <p>
        {wish.practitionerId === null ? (
          t('wishes.line', words)
        ) : (
          <DoctorsName id={wish.practitionerId}>{(doctor) => t('wishes.withDoctor', { ...words, doctor })}</DoctorsName>
        )}
      </p>
      {wish.offerId === null ? (
        <Button
          variant="default"
          loading={leave.isPending}
          aria-label={t('wishes.leaveOf', { service: wish.serviceName })}
          onClick={() => leave.mutate()}
        >
          {t('wishes.leave')}
        </Button>
      ) : (
        <p>
          {t('wishes.offered')} <Link to={paths.appointment(wish.offerId)}>{t('wishes.look')}</Link>
        </p>
      )}
      {leave.error !== null && <Failure error={leave.error} />}
    </li>
  );
}

/** What the patient waits for. Nothing at all when they wait for nothing. */
export function MyWishes() {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const { patientId } = useUser();
  const { data } = useQuery({
    queryKey: ['wishes'],
    queryFn: ({ signal }) => api.waitlist({ limit: 50 }, signal),
    enabled: patientId !== null,
  });
  const wishes = data?.items.filter(({ state, patientId: whose }) => whose === patientId && isOpen(state)) ?? [];
  if (wishes.length === 0) return null;
  return (
    <section className={styles['card']} aria-labelledby="wishes">
      <h2 id="wishes">{t('wishes.title')}</h2>
      <ul className="plain-list stack">
        {wishes.map((wish) => (
          <Wish key={wish.id} wish={wish} />
        ))}
      </ul>
    </section>
  );
}

function isOpen(state: WaitlistEntry['state']): boolean {
  return state === 'waiting' || state === 'offered';
}
