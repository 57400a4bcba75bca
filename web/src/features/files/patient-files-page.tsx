import '../../ui/i18n/files.ts';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { usePatientName } from '../booking/use-patient.ts';
import { FileList } from './file-list.tsx';
import styles from './files.module.css';
import { SendFiles } from './send-files.tsx';
import { addsForOthers } from './use-files.ts';

/** The files of one patient, for who treats them, for the desk and for the laboratory. */
export function PatientFilesPage({ params }: { params: Params }) {
  const { t } = useTranslation('files');
  const user = useUser();
  const patientId = params['patientId'] ?? '';
  const isForOthers = addsForOthers(user);
  const patient = usePatientName(isForOthers ? patientId : null);
  return (
    <Page
      title={patient === null ? t('ofTitleUnnamed') : t('ofTitle', { patient })}
      lead={
        <>
          {t('ofLead')}{' '}
          <Link to={paths.files} className={styles['back']}>
            {t('back')}
          </Link>
        </>
      }
    >
      <div className="stack">
        {(isForOthers || user.patientId === patientId) && (
          <SendFiles patientId={patientId} category={user.roles.includes('lab') ? 'lab_report' : 'other'} />
        )}
        <FileList patientId={patientId} withPatient={false} />
      </div>
    </Page>
  );
}
