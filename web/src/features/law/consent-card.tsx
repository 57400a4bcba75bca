import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitSheet } from '../../api/visit-law.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { GuardianFields, isComplete, nobody } from './guardian-fields.tsx';
import styles from './law.module.css';
import { useKeepSheet, useLawApi } from './use-law.ts';

interface ConsentCardProps {
  sheet: VisitSheet;
  /** Hears that the patient agreed, once it is kept. */
  onAgreed?: () => void;
}

/** The patient is asked, in a language of theirs, with one press. */
export function ConsentCard({ sheet, onAgreed }: ConsentCardProps) {
  const { t } = useTranslation('law');
  const { consent, patient, meetingId } = sheet;
  const api = useLawApi();
  const keep = useKeepSheet(meetingId);
  const announce = useAnnounce();
  const [language, setLanguage] = useState(consent.language);
  const [guardian, setGuardian] = useState(patient.guardian ?? nobody);
  const [fault, setFault] = useState<string | null>(null);
  const giving = useMutation({
    mutationFn: () =>
      api.consent(meetingId, {
        policyId: consent.policyId,
        language,
        ...(patient.isMinor && { guardian: { name: guardian.name.trim(), relation: guardian.relation.trim() } }),
      }),
    onSuccess: (after) => {
      keep(after);
      announce(t('consent.agreed'));
      onAgreed?.();
    },
  });
  const text = consent.texts.find((one) => one.language === language) ?? consent.texts[0];
  if (text === undefined) return null;
  function agree() {
    if (patient.isMinor && !isComplete(guardian)) setFault(t('consent.needed'));
    else giving.mutate();
  }
  return (
    <section className={styles['card']} aria-labelledby="consent-title">
      <fieldset className={styles['languages']} aria-label={t('consent.language')}>
        {consent.texts.map((one) => (
          <Button
            key={one.language}
            variant={one.language === language ? 'filled' : 'default'}
            aria-pressed={one.language === language}
            lang={one.language}
            onClick={() => setLanguage(one.language)}
          >
            {one.languageName}
          </Button>
        ))}
      </fieldset>
      <div lang={text.language} className="stack">
        <h2 id="consent-title">{text.title}</h2>
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>
          <strong>{text.emergency}</strong>
        </p>
      </div>
      {patient.isMinor && (
        <GuardianFields
          nameLabel={t('consent.guardianName')}
          relationLabel={t('consent.guardianRelation')}
          about={t('consent.guardianAbout')}
          guardian={guardian}
          fault={fault}
          onChange={setGuardian}
        />
      )}
      {giving.error !== null && <Failure error={giving.error} />}
      <div>
        <Button size="lg" loading={giving.isPending} onClick={agree}>
          <span lang={text.language}>{text.agree}</span>
        </Button>
      </div>
    </section>
  );
}
