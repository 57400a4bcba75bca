import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitSheet } from '../../api/visit-law.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { clock } from '../../ui/time.ts';
import { GuardianFields, isComplete, nobody } from './guardian-fields.tsx';
import { PrescribingRules } from './prescribing-rules.tsx';
import { useKeepSheet, useLawApi } from './use-law.ts';

function useAgeWords({ birthDate, ageYears }: VisitSheet['patient']): string {
  const { t } = useTranslation('law');
  const { locale } = useClinicTime();
  if (birthDate === null || ageYears === null) return t('identity.ageUnknown');
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(birthDate));
  return t('identity.age', { count: ageYears, day });
}

function Confirmed({ identity }: { identity: NonNullable<VisitSheet['identity']> }) {
  const { t } = useTranslation('law');
  const time = useClinicTime();
  return (
    <>
      <output>{t('identity.confirmed', { time: clock(time, identity.confirmedAt) })}</output>
      {identity.guardian !== null && <p>{t('identity.with', identity.guardian)}</p>}
    </>
  );
}

function Confirm({ sheet }: { sheet: VisitSheet }) {
  const { t } = useTranslation('law');
  const api = useLawApi();
  const keep = useKeepSheet(sheet.meetingId);
  const { isMinor, guardian: known } = sheet.patient;
  const [guardian, setGuardian] = useState(known ?? nobody);
  const [fault, setFault] = useState<string | null>(null);
  const confirming = useMutation({
    mutationFn: () => api.confirmIdentity(sheet.meetingId, isMinor ? guardian : undefined),
    onSuccess: keep,
  });
  function confirm() {
    if (isMinor && !isComplete(guardian)) setFault(t('consent.needed'));
    else confirming.mutate();
  }
  return (
    <>
      <p className="dimmed">{t('identity.ask')}</p>
      {isMinor && (
        <GuardianFields
          nameLabel={t('identity.guardianName')}
          relationLabel={t('identity.guardianRelation')}
          about={t('identity.minor')}
          guardian={guardian}
          fault={fault}
          onChange={setGuardian}
        />
      )}
      {confirming.error !== null && <Failure error={confirming.error} />}
      <div>
        <Button loading={confirming.isPending} onClick={confirm}>
          {t('identity.confirm')}
        </Button>
      </div>
    </>
  );
}

const consentWords = { explicit: 'identity.consentGiven', implied: 'identity.consentImplied' } as const;

/** For the doctor: how old the patient is, whether they agreed, and one press that says who it is. */
export function IdentityPanel({ sheet, name }: { sheet: VisitSheet; name: string }) {
  const { t } = useTranslation('law');
  const age = useAgeWords(sheet.patient);
  const time = useClinicTime();
  const { form, isMissing } = sheet.consent;
  const { guardian, checked } = sheet.patient;
  const day = (at: string) =>
    new Intl.DateTimeFormat(time.locale, { dateStyle: 'long', timeZone: time.timeZone }).format(new Date(at));
  return (
    <>
      <h2>{t('identity.title')}</h2>
      <p>{age}</p>
      {guardian !== null && <p>{t('identity.guardian', guardian)}</p>}
      <p>
        {checked === null ? t('identity.unchecked') : t(`identity.checked.${checked.how}`, { when: day(checked.at) })}
      </p>
      {isMissing && <p>{t('identity.consentMissing', { name })}</p>}
      {!isMissing && form !== null && <p>{t(consentWords[form], { name })}</p>}
      {sheet.identity === null ? <Confirm sheet={sheet} /> : <Confirmed identity={sheet.identity} />}
      {sheet.showsPrescribingRules && <PrescribingRules />}
    </>
  );
}
