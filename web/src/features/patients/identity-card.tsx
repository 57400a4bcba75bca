import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityCheck, PatientDetails } from '../../api/patients.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { stamp } from '../../ui/time.ts';
import booking from '../booking/booking.module.css';
import styles from './patients.module.css';
import { useChangePatient } from './use-patients.ts';

const hows = ['document', 'known', 'code'] as const satisfies readonly IdentityCheck[];

/** That the desk has made sure who somebody is, and how. */
export function IdentityCard({ patient: { id, identity } }: { patient: PatientDetails }) {
  const { t } = useTranslation('patients');
  const time = useClinicTime();
  const announce = useAnnounce();
  const [how, setHow] = useState<IdentityCheck>(identity?.how ?? 'document');
  const saving = useChangePatient(id, () => announce(t('saved')));
  return (
    <section className={`${booking['card'] ?? ''} ${styles['card'] ?? ''}`} aria-labelledby="identity-patient">
      <h2 id="identity-patient">{t('identity')}</h2>
      <p>
        {identity === null ? t('unchecked') : t(`checked.${identity.how}`, { when: stamp(time, identity.checkedAt) })}
      </p>
      <NativeSelect
        label={t('how')}
        value={how}
        data={hows.map((value) => ({ value, label: t(`hows.${value}`) }))}
        onChange={({ currentTarget: { value } }) => setHow(hows.find((one) => one === value) ?? 'document')}
      />
      {saving.error !== null && <Failure error={saving.error} />}
      <div className="row">
        <Button
          variant={identity === null ? 'filled' : 'default'}
          loading={saving.isPending}
          onClick={() => saving.mutate({ identity: { how } })}
        >
          {t(identity === null ? 'confirm' : 'again')}
        </Button>
        {identity !== null && (
          <Button variant="subtle" disabled={saving.isPending} onClick={() => saving.mutate({ identity: null })}>
            {t('takeBack')}
          </Button>
        )}
      </div>
    </section>
  );
}
