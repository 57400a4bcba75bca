import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GuestEntry, GuestRole } from '../../../../signaling/protocol/index.ts';
import type { Call } from '../../call/call.ts';
import { useServices } from '../../services.tsx';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Failure } from '../../ui/failure.tsx';
import { clock } from '../../ui/time.ts';
import styles from './guest-dialog.module.css';
import { ToolDialog } from './tool-dialog.tsx';
import { useGuests } from './use-guests.ts';
import { YesNo } from './yes-no.tsx';

const roles: readonly GuestRole[] = ['interpreter', 'carer', 'specialist'];
const minutesOffered = [15, 30, 60] as const;

interface GuestDialogProps {
  call: Call;
  meetingId: string;
  onClose: () => void;
}

/** Makes a link for a third person, and shows who has one. */
export function GuestDialog({ call, meetingId, onClose }: GuestDialogProps) {
  const { t } = useTranslation('guests');
  return (
    <ToolDialog title={t('dialog.title')} onClose={onClose}>
      <div className="stack">
        <p>{t('dialog.lead')}</p>
        <InviteForm meetingId={meetingId} />
        <GuestList call={call} />
      </div>
    </ToolDialog>
  );
}

function InviteForm({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation('guests');
  const { session } = useServices();
  const [role, setRole] = useState<GuestRole>('interpreter');
  const [minutes, setMinutes] = useState<number>(minutesOffered[0]);
  const [namesPatient, setNamesPatient] = useState(false);
  const making = useMutation({
    mutationFn: async () => {
      const body = { role, minutes, namesPatient };
      const answer = await session.request({ method: 'POST', path: `/meetings/${meetingId}/invites`, body });
      return ((await answer.json()) as { url: string }).url;
    },
  });
  if (making.data !== undefined) {
    return (
      <div className="stack">
        <p className={styles['link']}>
          <span className="dimmed">{t('dialog.link')}</span>
          <code>{making.data}</code>
        </p>
        <p>{t('dialog.copyHint')}</p>
        <div className="row">
          <CopyButton text={making.data} label={t('dialog.copy')} />
          <Button variant="subtle" onClick={() => making.reset()}>
            {t('dialog.another')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <NativeSelect
        label={t('dialog.role')}
        value={role}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={({ currentTarget }) => setRole(roles.find((one) => one === currentTarget.value) ?? 'interpreter')}
      />
      <NativeSelect
        label={t('dialog.minutes')}
        value={String(minutes)}
        data={minutesOffered.map((count) => ({
          value: String(count),
          label: t('dialog.minutesOption', { count }),
        }))}
        onChange={({ currentTarget }) => setMinutes(Number(currentTarget.value))}
      />
      <YesNo label={t('dialog.namesPatient')} isOn={namesPatient} onChange={setNamesPatient} />
      {making.error !== null && <Failure error={making.error} />}
      <Button loading={making.isPending} onClick={() => making.mutate()}>
        {t('dialog.make')}
      </Button>
    </div>
  );
}

function GuestList({ call }: { call: Call }) {
  const { t } = useTranslation('guests');
  const guests = useGuests(call);
  return (
    <section className="stack" aria-label={t('dialog.list')}>
      <h3 className={styles['heading']}>{t('dialog.list')}</h3>
      {guests.length === 0 && <p className="dimmed">{t('dialog.none')}</p>}
      <ul className="plain-list">
        {guests.map((guest) => (
          <GuestLine key={guest.id} call={call} guest={guest} />
        ))}
      </ul>
    </section>
  );
}

function useStateWords({ state, isPresent, expiresAt }: GuestEntry): string {
  const { t } = useTranslation('guests');
  const time = useClinicTime();
  const now = useNow(10_000);
  if (isPresent) return t('state.present');
  if (state === 'invited' && Date.parse(expiresAt) <= now) return t('state.expired');
  return t(`state.${state}`, { time: clock(time, expiresAt) });
}

function GuestLine({ call, guest }: { call: Call; guest: GuestEntry }) {
  const { t } = useTranslation('guests');
  const role = t(`role.${guest.role}`);
  const name = guest.name ?? t('unnamed', { role });
  const words = useStateWords(guest);
  const acting = useMutation({
    mutationFn: (deed: 'admit' | 'remove') => call.guests[deed](guest.id),
  });
  const away = { invited: 'revoke', waiting: 'refuse', admitted: 'remove' } as const;
  const deed = guest.state in away ? away[guest.state as keyof typeof away] : null;
  return (
    <li className={styles['line']}>
      <p>
        <strong>{guest.name === null ? name : t('called', { name, role })}</strong> <span>{words}</span>
      </p>
      <div className="row">
        {guest.state === 'waiting' && (
          <Button aria-label={t('admit', { name })} loading={acting.isPending} onClick={() => acting.mutate('admit')}>
            {t('short.admit')}
          </Button>
        )}
        {deed !== null && (
          <Button
            variant="default"
            aria-label={deed === 'revoke' ? t('revoke') : t(deed, { name })}
            loading={acting.isPending}
            onClick={() => acting.mutate('remove')}
          >
            {t(`short.${deed}`)}
          </Button>
        )}
      </div>
      {acting.error !== null && <Failure error={acting.error} />}
    </li>
  );
}
