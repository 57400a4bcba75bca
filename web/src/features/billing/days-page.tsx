import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePaymentsApi } from '../pay/use-pay.ts';
import styles from './billing.module.css';
import { BillingFrame } from './billing-frame.tsx';
import { DayCard } from './day-card.tsx';

const dayMs = 86_400_000;

/** The last day that is over, as the provider counts days. */
function yesterday(): string {
  return new Date(Date.now() - dayMs).toISOString().slice(0, 10);
}

function CompareNow() {
  const { t } = useTranslation('billing');
  const api = usePaymentsApi();
  const queries = useQueryClient();
  const [day, setDay] = useState(yesterday);
  const [isTold, setTold] = useState(false);
  const comparing = useMutation({
    mutationFn: () => api.compare(day),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['payment-days'] }),
  });
  const isGood = day !== '' && day <= yesterday();
  function submit(event: FormEvent) {
    event.preventDefault();
    setTold(true);
    if (isGood && !comparing.isPending) comparing.mutate();
  }
  const found = comparing.data?.differences.length;
  return (
    <section className="stack" aria-label={t('days.run')}>
      <form noValidate className={styles['run']} onSubmit={submit}>
        <TextInput
          type="date"
          label={t('days.day')}
          value={day}
          max={yesterday()}
          error={isTold && !isGood ? t('days.dayMissing') : undefined}
          onChange={({ currentTarget: { value } }) => setDay(value)}
        />
        <Button type="submit" loading={comparing.isPending}>
          {t('days.go')}
        </Button>
      </form>
      {comparing.error !== null && <Failure error={comparing.error} />}
      {found !== undefined && (
        <Notice tone={found === 0 ? 'good' : 'warning'} live="status">
          <p>{found === 0 ? t('days.doneSame') : t('days.done', { count: found })}</p>
        </Notice>
      )}
    </section>
  );
}

/** Each day compared with the provider, the newest first: what differs, in words. */
export function DaysPage() {
  const { t } = useTranslation('billing');
  const api = usePaymentsApi();
  const list = usePages(['payment-days'], api.days);
  const retry = () => void list.refetch();
  return (
    <BillingFrame title={t('days.title')} lead={t('days.lead')}>
      <CompareNow />
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('days.loading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && (
        <EmptyState title={t('days.empty')}>{t('days.emptyText')}</EmptyState>
      )}
      <ul className="plain-list stack">
        {list.items.map((report) => (
          <DayCard key={report.startsAt} report={report} />
        ))}
      </ul>
      <MoreButton list={list} />
    </BillingFrame>
  );
}
