import '../../ui/i18n/ratings.ts';
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { seesAll } from '../../api/user.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { useUser } from '../auth/use-session.ts';
import { useStaffLists } from '../planning/use-planning.ts';
import { Comments } from './comments.tsx';
import { MonthsTable } from './months-table.tsx';
import styles from './ratings.module.css';
import { Totals } from './totals.tsx';
import { useRatings } from './use-ratings.ts';

const spans = ['3', '12', '36'] as const;

function DoctorField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('ratings');
  const { doctors } = useStaffLists();
  return (
    <NativeSelect
      label={t('doctor')}
      value={value}
      data={[{ value: '', label: t('allDoctors') }, ...doctors.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** How visits were rated: the clinic's, or a doctor's own. */
export function RatingsPage() {
  const { t } = useTranslation('ratings');
  const isForClinic = seesAll(useUser());
  const { values, change } = useAddressFilters({ doctor: /^[0-9a-f-]{36}$/, months: /^(3|12|36)$/ });
  const doctorId = isForClinic && values.doctor !== '' ? values.doctor : undefined;
  const months = values.months === '' ? '12' : values.months;
  const { data, error, refetch } = useRatings({ doctorId, months: Number(months) });
  const retry = () => void refetch();
  return (
    <Page title={t('title')} lead={t(isForClinic ? 'lead' : 'leadOwn')} width="wide">
      <div className="stack">
        <div className={styles['filters']}>
          {isForClinic && <DoctorField value={values.doctor} onChange={(doctor) => change({ doctor })} />}
          <NativeSelect
            label={t('span')}
            value={months}
            data={spans.map((value) => ({ value, label: t(`spans.${value}`) }))}
            onChange={({ currentTarget }) => change({ months: currentTarget.value })}
          />
        </div>
        {error !== null && <Failure error={error} onRetry={retry} />}
        {data === undefined && error === null && <Patience text={t('loading')} onRetry={retry} />}
        {data?.totals.count === 0 && <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>}
        {data !== undefined && data.totals.count > 0 && (
          <>
            <Totals totals={data.totals} />
            <section>
              <h2>{t('months')}</h2>
              <MonthsTable months={data.months} />
            </section>
          </>
        )}
        {isForClinic && <Comments doctorId={doctorId} />}
      </div>
    </Page>
  );
}
