import { IconUser } from '@tabler/icons-react';
import { createContext, type PropsWithChildren, use, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDoctor, isHeldBack, seesAll, type User } from '../../api/user.ts';
import { ColourScheme } from '../colour-scheme.tsx';
import { Link } from '../router/link.tsx';
import { paths } from '../router/paths.ts';
import { sectionsOf } from '../router/sections.ts';
import styles from './shell.module.css';
import { SignOut } from './sign-out.tsx';

/** `narrow`: the head of the page goes on small screens; `always`: a call has the whole screen. */
type Bareness = 'never' | 'narrow' | 'always';
const BareContext = createContext<((bare: Bareness) => void) | null>(null);

/** While the component is there, the page's head makes room for it. */
export function useBareShell(bare: Bareness): void {
  const set = use(BareContext);
  useEffect(() => {
    set?.(bare);
    return () => set?.('never');
  }, [set, bare]);
}

function Navigation({ user }: { user: User }) {
  const { t } = useTranslation();
  const links: [string, string][] = [];
  if (user.patientId !== null) links.push([paths.visits, t('nav.visits')], [paths.book, t('nav.book')]);
  if (isDoctor(user)) links.push([paths.desk, t('nav.desk')]);
  if (isDoctor(user) || user.scopes.includes('appointments:manage')) links.push([paths.calendar, t('nav.calendar')]);
  if (isDoctor(user) || seesAll(user)) links.push([paths.history, t('nav.history')]);
  if (user.scopes.includes('uploads:read')) links.push([paths.files, t('nav.files')]);
  if (user.scopes.includes('chat:use')) links.push([paths.assistant, t('nav.assistant')]);
  if (user.scopes.includes('documents:read')) links.push([paths.documents, t('nav.documents')]);
  if (user.scopes.includes('payments:read-all')) links.push([paths.billing, t('nav.billing')]);
  const [administration] = sectionsOf(user);
  if (administration !== undefined) links.push([administration.path, t('nav.admin')]);
  if (links.length < 2 || isHeldBack(user)) return null;
  return (
    <nav aria-label={t('app.navigation')} className={styles['links']}>
      {links.map(([to, name]) => (
        <Link key={to} to={to}>
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** The frame of every page of somebody who is signed in. */
export function Shell({ user, children }: PropsWithChildren<{ user: User }>) {
  const { t } = useTranslation();
  const account = t('app.account', { name: user.displayName });
  const [bare, setBare] = useState<Bareness>('never');
  const context = useMemo(() => setBare, []);
  return (
    <BareContext value={context}>
      <div className={styles['shell']} data-bare={bare}>
        <a className={styles['skip']} href="#main">
          {t('app.skip')}
        </a>
        <header className={styles['head']}>
          <Link to={paths.home} className={styles['brand']} aria-current={undefined}>
            {user.tenant.name}
          </Link>
          <Navigation user={user} />
          <div className={styles['person']}>
            <Link to={paths.account} className={styles['account']} aria-label={account} title={account}>
              <IconUser size={20} aria-hidden />
              <span className={styles['name']}>{user.displayName}</span>
            </Link>
            <ColourScheme />
            <SignOut />
          </div>
        </header>
        <main id="main" tabIndex={-1} className={styles['main']}>
          {children}
        </main>
      </div>
    </BareContext>
  );
}
