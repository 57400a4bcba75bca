import { useTranslation } from 'react-i18next';
import type { DocumentState } from '../../api/documents.ts';
import styles from './documents.module.css';

/** The state in a word; the colour only underlines it. */
export function StateMark({ state }: { state: DocumentState }) {
  const { t } = useTranslation('documents');
  return (
    <span className={styles['mark']} data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}
