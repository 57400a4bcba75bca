import '../../ui/i18n/files.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { FileList } from './file-list.tsx';
import { SendFiles } from './send-files.tsx';
import { addsForOthers } from './use-files.ts';

/** A patient's own files; for who works here, all that they see. */
export function FilesPage() {
  const { t } = useTranslation('files');
  const user = useUser();
  const isForOthers = addsForOthers(user);
  const isOwn = user.patientId !== null && !isForOthers;
  return (
    <Page
      title={t(isOwn ? 'ownTitle' : 'title')}
      lead={t(isOwn ? 'ownLead' : 'allLead')}
      actions={
        isForOthers && (
          <Button component={Link} to={paths.filesFor}>
            {t('for.action')}
          </Button>
        )
      }
    >
      <div className="stack">
        {isOwn && user.scopes.includes('uploads:write') && <SendFiles patientId={null} category="lab_report" />}
        <FileList withPatient={!isOwn} {...(isOwn && user.patientId !== null && { patientId: user.patientId })} />
      </div>
    </Page>
  );
}
