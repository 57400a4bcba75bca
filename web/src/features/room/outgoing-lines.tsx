import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Outbox, OutgoingLine } from '../../call/outbox.ts';

interface OutgoingLinesProps {
  outbox: Outbox | null;
  lines: readonly OutgoingLine[];
}

/** What was written and has not arrived: on its way, or with a way to send it again. */
export function OutgoingLines({ outbox, lines }: OutgoingLinesProps) {
  const { t } = useTranslation('tools');
  return lines.map(({ clientId, text, state }) => (
    <li key={clientId} data-own="true" data-state={state}>
      <p dir="auto">{text}</p>
      {state === 'sending' ? (
        <span className="dimmed">{t('chat.sending')}</span>
      ) : (
        <span className="row" role="alert">
          {t('chat.notSent')}
          <Button size="compact-md" variant="default" onClick={() => outbox?.retry(clientId)}>
            {t('chat.retry')}
          </Button>
          <Button size="compact-md" variant="subtle" onClick={() => outbox?.discard(clientId)}>
            {t('chat.discard')}
          </Button>
        </span>
      )}
    </li>
  ));
}
