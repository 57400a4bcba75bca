import Markdown from 'react-markdown';
import styles from './assistant.module.css';

/** What a model may write: words with emphasis, lists, paragraphs. Anything else becomes plain words. */
const allowed = ['p', 'strong', 'em', 'ul', 'ol', 'li', 'br', 'code'];

/** Text of the assistant. There is nothing in it to press or to fetch. */
export function SaidText({ text }: { text: string }) {
  return (
    <div className={styles['text']} dir="auto">
      <Markdown allowedElements={allowed} unwrapDisallowed skipHtml urlTransform={() => ''}>
        {text}
      </Markdown>
    </div>
  );
}
