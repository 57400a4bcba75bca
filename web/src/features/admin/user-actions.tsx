import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClinicUser } from '../../api/admin.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { AskedAction } from './asked-action.tsx';
import { GivePassword } from './give-password.tsx';
import { useAdminApi } from './use-admin.ts';

/** What can be done about an account, each asked once. */
export function UserActions({ user }: { user: ClinicUser }) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const go = useGo();
  const { id, displayName: name, isActive } = user;
  const words = { FORBIDDEN: t('user.tooMuch'), CONFLICT: t('user.lastAdmin') };
  const done = () => {
    announce(t('user.saved'));
    void queries.invalidateQueries({ queryKey: ['admin'] });
  };
  const asked = (what: 'off' | 'on' | 'endSignIns' | 'takeFactor' | 'remove') => ({
    button: t(`user.${what}.button`),
    title: t(`user.${what}.title`, { name }),
    text: t(`user.${what}.text`),
    yes: t(`user.${what}.button`),
    no: t('user.keep'),
    words,
    onDone: done,
  });
  return (
    <section className="stack" aria-labelledby="user-actions">
      <h2 id="user-actions">{t('user.actions')}</h2>
      <div className="row">
        {isActive && <GivePassword user={user} words={words} onDone={done} />}
        {isActive && <AskedAction {...asked('endSignIns')} act={() => admin.endSignIns(id)} />}
        {user.hasSecondFactor && <AskedAction {...asked('takeFactor')} act={() => admin.takeSecondFactor(id)} />}
        {isActive ? (
          <AskedAction {...asked('off')} act={() => admin.changeUser(id, { isActive: false })} />
        ) : (
          <AskedAction {...asked('on')} isGrave={false} act={() => admin.changeUser(id, { isActive: true })} />
        )}
        {user.lastSignInAt === null && (
          <AskedAction
            {...asked('remove')}
            act={() => admin.removeUser(id)}
            onDone={() => {
              announce(t('user.saved'));
              queries.removeQueries({ queryKey: ['admin', 'user', id] });
              void queries.invalidateQueries({ queryKey: ['admin', 'users'] });
              go(paths.users, { replace: true });
            }}
          />
        )}
      </div>
    </section>
  );
}
