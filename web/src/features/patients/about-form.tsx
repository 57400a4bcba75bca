import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientDetails } from '../../api/patients.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import booking from '../booking/booking.module.css';
import { ageOn, fullAge } from './age.ts';
import styles from './patients.module.css';
import { useChangePatient } from './use-patients.ts';

/** Whether a date of birth can be one; an empty one is not known. */
const isDay = (text: string, today: string) =>
  text === '' || (/^(18[5-9]|19|20)\d/.test(text) && text <= today && !Number.isNaN(Date.parse(text)));

interface AboutFormProps {
  patient: PatientDetails;
  /** Of the clinic's calendar. */
  today: string;
}

/** When somebody was born, and who answers for them. */
export function AboutForm({ patient, today }: AboutFormProps) {
  const { t } = useTranslation('patients');
  const announce = useAnnounce();
  const [birthDate, setBirthDate] = useState(patient.birthDate ?? '');
  const [name, setName] = useState(patient.guardian?.name ?? '');
  const [relation, setRelation] = useState(patient.guardian?.relation ?? '');
  const [wasTried, setTried] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const saving = useChangePatient(patient.id, () => {
    setSaved(true);
    announce(t('saved'));
  });
  const isBad = !isDay(birthDate, today);
  const isHalf = (name.trim() === '') !== (relation.trim() === '');
  const isMinorAlone = !isBad && birthDate !== '' && ageOn(birthDate, today) < fullAge && name.trim() === '';
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    setSaved(false);
    if (isBad || isHalf) return;
    const guardian = name.trim() === '' ? null : { name: name.trim(), relation: relation.trim() };
    saving.mutate({ birthDate: birthDate === '' ? null : birthDate, guardian });
  }
  const half = (text: string) => (wasTried && isHalf && text.trim() === '' ? t('guardianHalf') : undefined);
  return (
    <form
      className={`${booking['card'] ?? ''} ${styles['card'] ?? ''}`}
      noValidate
      onSubmit={submit}
      aria-labelledby="about-patient"
    >
      <h2 id="about-patient">{t('about')}</h2>
      <TextInput
        type="date"
        className={styles['day']}
        label={t('birthDate')}
        value={birthDate}
        min="1850-01-01"
        max={today}
        autoComplete="off"
        error={wasTried && isBad ? t('badDate') : undefined}
        onChange={({ currentTarget: { value } }) => setBirthDate(value)}
      />
      <p className="dimmed">{t('guardianHint')}</p>
      <div className={booking['pair']}>
        <TextInput
          label={t('guardianName')}
          value={name}
          maxLength={200}
          autoComplete="off"
          error={half(name)}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <TextInput
          label={t('guardianRelation')}
          value={relation}
          maxLength={100}
          autoComplete="off"
          error={half(relation)}
          onChange={({ currentTarget: { value } }) => setRelation(value)}
        />
      </div>
      {isMinorAlone && (
        <Notice tone="warning" live="status">
          <p>{t('minorAlone')}</p>
        </Notice>
      )}
      {saving.error !== null && <Failure error={saving.error} />}
      <div className="row">
        <Button type="submit" loading={saving.isPending}>
          {t('save')}
        </Button>
        {isSaved && !saving.isPending && <span className="dimmed">{t('saved')}</span>}
      </div>
    </form>
  );
}
