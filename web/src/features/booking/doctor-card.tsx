import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PractitionerView } from '../../api/scheduling.ts';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import styles from './booking.module.css';
import { type Choice, writeChoice } from './place.ts';
import { useLanguageName } from './use-language-name.ts';

function Facts({ doctor }: { doctor: PractitionerView }) {
  const { t } = useTranslation('scheduling');
  const languageName = useLanguageName();
  const { specialties, languages, registrationNumber, registrationAuthority, locations } = doctor;
  const number =
    registrationNumber !== null && registrationAuthority !== null
      ? t('find.registrationOf', { number: registrationNumber, authority: registrationAuthority })
      : (registrationNumber ?? '');
  const rows: [string, string][] = [
    [t('find.specialties'), specialties.map(({ display }) => display).join(', ')],
    [t('find.languages'), languages.map(languageName).join(', ')],
    [t('find.places'), locations.map(({ name }) => name).join(', ')],
    [t('find.registration'), number],
  ];
  return (
    <dl className={styles['facts']}>
      {rows.map(([name, value]) =>
        value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Somebody who can be seen: what they do, in which languages, and the way to their times. */
export function DoctorCard({ doctor, choice }: { doctor: PractitionerView; choice: Partial<Choice> }) {
  const { t } = useTranslation('scheduling');
  const { id, name, bio, isAcceptingPatients } = doctor;
  return (
    <li className={styles['card']}>
      <h2>{name}</h2>
      {bio !== null && <p>{bio}</p>}
      <Facts doctor={doctor} />
      {isAcceptingPatients ? (
        <Button
          component={Link}
          to={paths.bookWith(id) + writeChoice(choice)}
          size="md"
          aria-label={t('find.seeOf', { name })}
        >
          {t('find.see')}
        </Button>
      ) : (
        <p className="dimmed">{t('find.notAccepting')}</p>
      )}
    </li>
  );
}
