import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isDoctor, seesAll, type User } from '../../api/user.ts';
import { Page } from '../../ui/page.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { sectionsOf } from '../../ui/router/sections.ts';
import { useUser } from './use-session.ts';

function homeOf(user: User): string | null {
  if (isDoctor(user)) return paths.desk;
  if (seesAll(user)) return paths.history;
  if (user.patientId !== null) return paths.visits;
  const [section] = sectionsOf(user);
  if (section !== undefined) return section.path;
  return user.scopes.includes('uploads:read') ? paths.files : null;
}

/** The start: everybody's own first page. */
export function HomePage() {
  const { t } = useTranslation();
  const go = useGo();
  const home = homeOf(useUser());
  useEffect(() => {
    if (home !== null) go(home, { replace: true });
  }, [home, go]);
  return home === null ? <Page title={t('nothingHere.title')} lead={t('nothingHere.text')} /> : null;
}
