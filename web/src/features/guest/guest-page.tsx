import '../../ui/i18n/guests.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { ClinicTimeProvider } from '../../ui/clinic-time.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { DeviceCheck } from '../check/device-check.tsx';
import { useLinkToken } from '../entrance/use-link-token.ts';
import { ClosedPage } from './closed-page.tsx';
import { enterByLink, type GuestPass, type Invitation, keep, keptFor, lookAtLink, renewPass } from './guest-pass.ts';

const GuestRoom = lazy(async () => ({ default: (await import('./guest-room.tsx')).GuestRoom }));

/** The page of an invitation: who asks, one's name, camera and sound, and then the door. */
export function GuestPage() {
  const token = useLinkToken();
  if (token === null) return <ClosedPage why="elsewhere" />;
  return <ByLink key={token} token={token} />;
}

function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && error.status === 422;
}

/** What the server says of the link, and of this tab's own pass where it was here before. */
function useInvitation(token: string) {
  return useQuery({
    queryKey: ['guest', token],
    queryFn: async (): Promise<{ invitation: Invitation; pass: GuestPass | null }> => {
      const kept = keptFor(token);
      const pass = kept && (await renewPass(kept.resumeToken).catch((error: unknown) => ignoreUnknown(error)));
      return { invitation: pass ?? (await lookAtLink(token)), pass };
    },
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** The same link was opened elsewhere since: here it begins anew. */
function ignoreUnknown(error: unknown): null {
  if (isUnknown(error)) return null;
  throw error;
}

interface Inside {
  pass: GuestPass;
  resumeToken: string;
  camera: boolean;
}

function ByLink({ token }: { token: string }) {
  const { t } = useTranslation('guests');
  const { data, error, refetch } = useInvitation(token);
  const [entered, setEntered] = useState<Inside | null>(null);
  if (isUnknown(error)) return <ClosedPage why="elsewhere" />;
  if (data === undefined) {
    return (
      <Entrance title={t('page.title')}>
        {error === null ? (
          <Patience text={t('page.opening')} onRetry={() => void refetch()} />
        ) : (
          <Failure error={error} onRetry={() => void refetch()} />
        )}
      </Entrance>
    );
  }
  const kept = keptFor(token);
  const resumed = data.pass && kept ? { pass: data.pass, ...kept } : null;
  const inside = entered ?? resumed;
  const { standing, timeZone, locale } = inside?.pass ?? data.invitation;
  if (standing !== 'invited' && standing !== 'waiting' && standing !== 'admitted') return <ClosedPage why={standing} />;
  const content: ReactNode = inside ? (
    <Suspense fallback={<Entrance title={t('page.entering')} />}>
      <GuestRoom {...inside} />
    </Suspense>
  ) : (
    <ComeIn token={token} invitation={data.invitation} onEntered={setEntered} />
  );
  return (
    <ClinicTimeProvider timeZone={timeZone} locale={locale}>
      {content}
    </ClinicTimeProvider>
  );
}

interface ComeInProps {
  token: string;
  invitation: Invitation;
  onEntered: (inside: Inside) => void;
}

function ComeIn({ token, invitation, onEntered }: ComeInProps) {
  const { t } = useTranslation('guests');
  const [name, setName] = useState<string | null>(null);
  const entering = useMutation({
    mutationFn: (how: { name: string; camera: boolean }) => enterByLink(token, how.name),
    onSuccess: (pass, { camera }) => {
      const resumeToken = pass.resumeToken ?? '';
      keep({ link: token, resumeToken, camera });
      onEntered({ pass, resumeToken, camera });
    },
  });
  if (name === null) return <NameStep invitation={invitation} onName={setName} />;
  return (
    <Entrance title={t('page.check')} lead={t('page.checkLead')}>
      {entering.error !== null && <Failure error={entering.error} />}
      {entering.isPending ? (
        <Patience text={t('page.entering')} onRetry={() => entering.reset()} />
      ) : (
        <DeviceCheck go={t('page.ask')} onGo={({ camera }) => entering.mutate({ name, camera })} />
      )}
    </Entrance>
  );
}

function NameStep({ invitation, onName }: { invitation: Invitation; onName: (name: string) => void }) {
  const { t } = useTranslation('guests');
  const { doctorName: doctor, clinicName: clinic, role } = invitation;
  const [name, setName] = useState('');
  const [isShort, setShort] = useState(false);
  return (
    <Entrance title={t('page.title')} lead={t('page.lead', { doctor, clinic, role: t(`role.${role}`) })}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim().length < 2) setShort(true);
          else onName(name.trim());
        }}
      >
        <TextInput
          label={t('page.name')}
          description={t('page.nameHint')}
          error={isShort && name.trim().length < 2 ? t('page.nameShort') : undefined}
          autoComplete="name"
          maxLength={80}
          required
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Notice tone="plain">
          <p>{t('page.confidential')}</p>
        </Notice>
        <Button type="submit" size="md">
          {t('page.next')}
        </Button>
      </form>
    </Entrance>
  );
}
