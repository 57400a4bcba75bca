import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../ui/error-text.ts';
import { CategoryIcon } from './category-icon.tsx';
import styles from './files.module.css';
import type { Outgoing, OutgoingFile } from './outgoing.ts';
import { refusalOf } from './refusal.ts';

/** Why it was not taken, in plain words. */
export function useRefusalText(): (error: unknown) => string {
  const { t } = useTranslation('files');
  const errorText = useErrorText();
  return (error) => {
    const refusal = refusalOf(error);
    return refusal === null ? errorText(error) : t(`refusal.${refusal}`);
  };
}

function useStateText(): (file: OutgoingFile) => string {
  const { t } = useTranslation('files');
  const refusalText = useRefusalText();
  return ({ state, part, error, answer }) => {
    if (state === 'sending') return t('send.sending', { percent: Math.floor(part * 100) });
    if (state === 'refused') return refusalText(error);
    if (state !== 'done') return t(`send.${state}`);
    if (answer?.status === 'quarantined') return t('send.held');
    return t(answer?.duplicateOf ? 'send.duplicate' : 'send.done');
  };
}

/** One file on its way: how far it is, what is wrong, and what can be done. */
export function OutgoingLine({ file, outgoing }: { file: OutgoingFile; outgoing: Outgoing | null }) {
  const { t } = useTranslation('files');
  const stateText = useStateText();
  const { key, name, category, state, part, error } = file;
  const isOver = state === 'done' || state === 'refused';
  // What is wrong with the file itself is wrong the next time too.
  const refusal = refusalOf(error);
  const canTry =
    state === 'lost' || (state === 'refused' && (refusal === null || refusal === 'slow' || refusal === 'scanner'));
  return (
    <li className={styles['outgoing']} data-state={state}>
      <CategoryIcon category={category} />
      <div className={styles['what']}>
        <p className={styles['name']} dir="auto">
          {name}
        </p>
        {(state === 'sending' || state === 'checking') && (
          <progress
            className={styles['progress']}
            max={1}
            value={state === 'checking' ? undefined : part}
            aria-label={t('send.progress', { name })}
          />
        )}
        <p className={styles['state']}>{stateText(file)}</p>
      </div>
      <div className={styles['deeds']}>
        {canTry && (
          <Button variant="default" onClick={() => outgoing?.retry(key)}>
            {t(state === 'lost' ? 'send.now' : 'send.again')}
          </Button>
        )}
        {state !== 'checking' && (
          <Button
            variant="subtle"
            aria-label={t(isOver ? 'send.dismissNamed' : 'send.cancelNamed', { name })}
            onClick={() => outgoing?.drop(key)}
          >
            {t(isOver ? 'send.dismiss' : 'send.cancel')}
          </Button>
        )}
      </div>
    </li>
  );
}
