import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { zoneName } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { ExceptionsSection } from './exceptions-section.tsx';
import styles from './planning.module.css';
import { PlanningPage } from './planning-page.tsx';
import { RulesSection } from './rules-section.tsx';
import { SlotsPreview } from './slots-preview.tsx';
import { useStaffLists } from './use-planning.ts';

/** Whose hours are kept: the own ones, or those of whom the desk has chosen. */
function useWhose(): { id: string; choose: ((id: string) => void) | null } {
  const user = useUser();
  const go = useGo();
  const { search } = usePlace();
  const { doctors } = useStaffLists();
  if (!user.scopes.includes('availability:write-all')) return { id: user.practitionerId ?? '', choose: null };
  const id = new URLSearchParams(search).get('doctor') ?? user.practitionerId ?? doctors[0]?.id ?? '';
  return { id, choose: (doctor) => go(`${paths.hours}?${new URLSearchParams({ doctor })}`, { replace: true }) };
}

/** The usual week, leave and extra hours, and what patients are offered by them. */
export function HoursPage() {
  const { t } = useTranslation('planning');
  const { t: common } = useTranslation();
  const time = useClinicTime();
  const now = useNow(60_000);
  const { id, choose } = useWhose();
  const { doctors } = useStaffLists();
  return (
    <PlanningPage title={t('hours.title')} lead={common('app.zone', { zone: zoneName(time, now) })}>
      <div className={styles['sections']}>
        {choose !== null && (
          <NativeSelect
            className={styles['search']}
            label={t('filter.doctor')}
            value={id}
            data={doctors.map((doctor) => ({ value: doctor.id, label: doctor.name }))}
            onChange={({ currentTarget: { value } }) => choose(value)}
          />
        )}
        {id !== '' && (
          <>
            <RulesSection key={`rules ${id}`} practitionerId={id} />
            <ExceptionsSection key={`exceptions ${id}`} practitionerId={id} />
            <SlotsPreview key={`preview ${id}`} practitionerId={id} />
          </>
        )}
      </div>
    </PlanningPage>
  );
}
