import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import styles from './assistant.module.css';
import { BookingCard } from './booking-card.tsx';
import { EmergencyCard } from './emergency-card.tsx';
import { SaidText } from './said-text.tsx';
import type { Line, Pending } from './talk.ts';
import type { Talking } from './use-assistant.ts';

interface ThreadProps extends Pick<Talking, 'talk' | 'ask' | 'answer'> {
  /** What to ask, for who does not know. */
  suggestions: readonly string[];
}

/** What was said, the newest last. Read aloud as a whole once it is there (use-assistant.ts), so this is no live region. */
export function Thread({ talk, ask, answer, suggestions }: ThreadProps) {
  const { t } = useTranslation('assistant');
  const { lines, pending, failed } = talk;
  const isEmpty = lines.length === 0 && pending === null && failed === null;
  return (
    <div className={styles['thread']}>
      {isEmpty && <Beginning suggestions={suggestions} onAsk={ask} />}
      <ol className={`plain-list ${styles['lines']}`} aria-label={t('log')}>
        {lines.map((line) => (
          <li key={line.key} data-by={line.by}>
            <span className={styles['author']}>{line.by === 'person' ? t('you') : t('it')}</span>
            <Said line={line} onAnswer={answer} />
          </li>
        ))}
        {pending !== null && (
          <li data-by="assistant" aria-busy>
            <span className={styles['author']}>{t('it')}</span>
            <BeingSaid pending={pending} />
          </li>
        )}
      </ol>
      {failed !== null && (
        <div className={styles['failed']}>
          <p className={styles['own']} dir="auto">
            {failed.message}
          </p>
          {failed.wasStopped ? <Notice tone="plain">{t('stopped')}</Notice> : <Failure error={failed.error} />}
          <Button variant="default" onClick={() => ask(failed.message)}>
            {t('again')}
          </Button>
        </div>
      )}
      {/* A new end is a new element, and brings itself into view. */}
      {!isEmpty && (
        <div key={`${lines.length} ${pending?.text.length ?? 0}`} ref={intoView} className={styles['end']} />
      )}
    </div>
  );
}

function intoView(end: HTMLElement | null): void {
  end?.scrollIntoView({ block: 'nearest' });
}

function Said({ line, onAnswer }: { line: Line; onAnswer: Talking['answer'] }) {
  const { t } = useTranslation('assistant');
  const { by, kind, text, emergencyNumber, offer, actions } = line;
  if (by === 'person') {
    return (
      <p className={styles['own']} dir="auto">
        {text}
      </p>
    );
  }
  if (kind === 'emergency' && emergencyNumber !== null) return <EmergencyCard number={emergencyNumber} text={text} />;
  return (
    <>
      {text !== '' && (
        <div className={styles['said']} data-kind={kind}>
          <SaidText text={text} />
          {offer === 'book' && (
            <Link to={paths.book} className={styles['offer']}>
              {t('book')}
            </Link>
          )}
        </div>
      )}
      {actions.map((action) => (
        <BookingCard key={action.id} action={action} onAnswer={(what) => onAnswer(action.id, what)} />
      ))}
    </>
  );
}

const tools = [
  'clinic_facts',
  'list_services',
  'find_doctors',
  'find_free_times',
  'my_appointments',
  'my_documents',
  'propose_booking',
] as const;

function BeingSaid({ pending: { text, tool } }: { pending: Pending }) {
  const { t } = useTranslation('assistant');
  const known = tools.find((one) => one === tool) ?? 'other';
  return (
    <div className={styles['said']}>
      {text !== '' && <SaidText text={text} />}
      {(text === '' || tool !== null) && (
        <p className={styles['thinking']}>{tool === null ? t('thinking') : t(`tool.${known}`)}</p>
      )}
    </div>
  );
}

function Beginning({ suggestions, onAsk }: { suggestions: readonly string[]; onAsk: (message: string) => void }) {
  const { t } = useTranslation('assistant');
  return (
    <div className={styles['beginning']}>
      <p className={styles['question']}>{t('empty')}</p>
      <ul className={`plain-list ${styles['suggestions']}`} aria-label={t('suggestions')}>
        {suggestions.map((suggestion) => (
          <li key={suggestion}>
            <Button variant="default" onClick={() => onAsk(suggestion)}>
              {suggestion}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
