import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import styles from './documents.module.css';

/** The codes that the rules chose. */
export function CodesList({ codes }: Pick<DocumentView, 'codes'>) {
  const { t } = useTranslation('documents');
  return (
    <section className={styles['card']}>
      <h2>{t('codes')}</h2>
      {codes.length === 0 ? (
        <p className="dimmed">{t('noCodes')}</p>
      ) : (
        <>
          <dl className={styles['facts']}>
            {codes.map(({ code, description }) => (
              <div key={code}>
                <dt>{code}</dt>
                <dd>{description}</dd>
              </div>
            ))}
          </dl>
          <p className="dimmed">{t('codesAbout')}</p>
        </>
      )}
    </section>
  );
}

/** How the text came about. */
export function MadeFacts({ document }: { document: DocumentView }) {
  const { t } = useTranslation('documents');
  const { metadata: made, version } = document;
  const rows: [string, string][] = [
    [t('made.source'), made.model === null ? t('made.template') : t('made.model', { model: made.model })],
    [t('made.took'), t('made.seconds', { count: Math.round(made.generationTimeMs / 100) / 10 })],
    [t('made.tokens'), String(made.tokensUsed)],
    [t('made.audience'), t(`audience.${made.audience}`)],
    [t('made.tone'), t(`tone.${made.tone}`)],
    [t('made.language'), t(`language.${made.language}`)],
    [t('made.tier'), t(`tier.${made.tier}`)],
    [t('made.seed'), String(made.seed)],
    [t('made.form'), made.documentVersion],
    [t('made.version'), String(version)],
  ];
  return (
    <details className={styles['more']}>
      <summary>{t('made.heading')}</summary>
      <dl className={styles['facts']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
