import '../../ui/i18n/guests.ts';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestEntry } from '../../../../signaling/protocol/index.ts';
import type { Call } from '../../call/call.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useCodeText } from '../../ui/error-text.ts';
import { useGuests } from './use-guests.ts';

/** Says who came to the door, once for each. */
function useKnock(waiting: readonly GuestEntry[], words: (guest: GuestEntry) => string): void {
  const announce = useAnnounce();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const guest of waiting) {
      const knock = `${guest.id} ${guest.waitingSince ?? ''}`;
      if (told.current.has(knock)) continue;
      told.current.add(knock);
      announce(words(guest), 'assertive');
    }
  }, [waiting, words, announce]);
}

/** Along the top of the doctor's stage: who waits to be let in. */
export function GuestDoor({ call }: { call: Call }) {
  const { t } = useTranslation('guests');
  const codeText = useCodeText();
  const waiting = useGuests(call).filter(({ state }) => state === 'waiting');
  const words = ({ name, role }: GuestEntry) => t('waits', { name: name ?? '', role: t(`role.${role}`) });
  useKnock(waiting, words);
  const answer = useMutation({
    mutationFn: ({ id, isWelcome }: { id: string; isWelcome: boolean }) =>
      isWelcome ? call.guests.admit(id) : call.guests.remove(id),
  });
  return (
    <>
      {waiting.map((guest) => {
        const { id } = guest;
        const name = guest.name ?? '';
        return (
          <div key={id}>
            <p>{words(guest)}</p>
            <div className="row">
              <Button
                variant="white"
                aria-label={t('admit', { name })}
                loading={answer.isPending}
                onClick={() => answer.mutate({ id, isWelcome: true })}
              >
                {t('short.admit')}
              </Button>
              <Button
                variant="default"
                aria-label={t('refuse', { name })}
                disabled={answer.isPending}
                onClick={() => answer.mutate({ id, isWelcome: false })}
              >
                {t('short.refuse')}
              </Button>
            </div>
          </div>
        );
      })}
      {answer.error !== null && <p role="alert">{t('dialog.failed', { why: codeText(codeOf(answer.error)) })}</p>}
    </>
  );
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
