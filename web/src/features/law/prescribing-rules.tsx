import { useTranslation } from 'react-i18next';

const lists = ['listO', 'listA', 'listB', 'prohibited'] as const;

/** India's lists by name, for the doctor. */
export function PrescribingRules() {
  const { t } = useTranslation('law');
  return (
    <details>
      <summary>{t('prescribing.title')}</summary>
      <ul>
        {lists.map((list) => (
          <li key={list}>{t(`prescribing.${list}`)}</li>
        ))}
      </ul>
      <p className="dimmed">{t('prescribing.source')}</p>
    </details>
  );
}
