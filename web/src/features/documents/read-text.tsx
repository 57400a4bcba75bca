import type { DocumentPayload } from '../../api/documents.ts';
import styles from './documents.module.css';
import { usePartWords } from './part-words.ts';

/** A document's text, to be read. */
export function ReadText({ payload }: { payload: DocumentPayload }) {
  const partWords = usePartWords();
  return (
    <div className="stack">
      {Object.entries(payload)
        .filter(([part]) => part !== 'title')
        .map(([part, text]) => (
          <section key={part} className={styles['card']}>
            <h2>{partWords(part)}</h2>
            {typeof text === 'string' ? (
              <p className={styles['text']}>{text}</p>
            ) : (
              <ul className={styles['points']}>
                {text.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </section>
        ))}
    </div>
  );
}
