import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { clock, longDay } from '../../ui/time.ts';
import booking from '../booking/booking.module.css';
import { byDay } from '../booking/days.ts';
import { useServicesOf } from '../booking/use-doctors.ts';
import { useSlots } from '../booking/use-slots.ts';
import styles from './planning.module.css';

function Times({ practitionerId, serviceId }: { practitionerId: string; serviceId: string }) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const now = useNow(60_000);
  const found = useSlots({ practitionerId, serviceId });
  const retry = () => void found.refetch();
  if (found.error !== null) return <Failure error={found.error} onRetry={retry} />;
  if (found.isPending) return <Patience text={t('hours.previewLoading')} onRetry={retry} />;
  const days = byDay(found.slots, time);
  return (
    <>
      {days.length === 0 && <EmptyState title={t('hours.previewNone')}>{t('hours.previewNoneText')}</EmptyState>}
      <dl className={booking['facts']}>
        {days.map(({ day, slots }) => (
          <div key={day}>
            <dt>{longDay(time, slots[0]?.startsAt ?? day, now)}</dt>
            <dd className="numbers">{[...new Set(slots.map(({ startsAt }) => clock(time, startsAt)))].join(' · ')}</dd>
          </div>
        ))}
      </dl>
      {found.hasNextPage && (
        <div>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('hours.previewMore')}
          </Button>
        </div>
      )}
    </>
  );
}

/** What patients are offered as the hours stand now. */
export function SlotsPreview({ practitionerId }: { practitionerId: string }) {
  const { t } = useTranslation('planning');
  const services = useServicesOf(practitionerId).data?.items ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const serviceId = services.some(({ id }) => id === chosen) ? chosen : (services[0]?.id ?? null);
  return (
    <section className="stack" aria-labelledby="preview">
      <h2 id="preview">{t('hours.preview')}</h2>
      {serviceId === null ? (
        <p className="dimmed">{t('hours.previewNoService')}</p>
      ) : (
        <>
          <NativeSelect
            className={styles['search']}
            label={t('hours.previewService')}
            value={serviceId}
            data={services.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={({ currentTarget: { value } }) => setChosen(value)}
          />
          <Times key={serviceId} practitionerId={practitionerId} serviceId={serviceId} />
        </>
      )}
    </section>
  );
}
