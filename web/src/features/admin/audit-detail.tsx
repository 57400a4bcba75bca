import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/admin.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clockWithSeconds, stamp } from '../../ui/time.ts';
import { deviceOf } from '../account/device-name.ts';
import styles from './admin.module.css';
import type { AuditFilterValues } from './audit-filters.ts';

interface AuditDetailProps {
  entry: AuditEntry;
  onChange: (change: Partial<AuditFilterValues>) => void;
}

/** One entry in full. What it does not say is left out. */
export function AuditDetail({ entry, onChange }: AuditDetailProps) {
  const { t } = useTranslation('admin');
  const time = useClinicTime();
  const { actor, patientIds, entity, asked } = entry;
  const patients = patientIds.map((id) => (
    <div key={id}>
      <button type="button" className={styles['plainButton']} onClick={() => onChange({ whose: id })}>
        <span className={styles['code']}>{id}</span>
      </button>
    </div>
  ));
  const facts: [string, ReactNode][] = [
    [t('audit.when'), `${stamp(time, entry.at)} (${clockWithSeconds(time, entry.at)})`],
    [t('audit.actorKind'), t(`actor.${actor.kind}`)],
    [t('audit.roles'), actor.roles.join(', ')],
    [t('audit.purpose'), `${t(`purpose.${entry.purpose}`)} (${entry.purpose})`],
    [t('audit.code'), entry.code],
    [t('audit.patientIds'), patients.length === 0 ? null : patients],
    [t('audit.entity'), entity === null ? null : `${entity.type} ${entity.id}`],
    [
      t('audit.asked'),
      asked === null
        ? null
        : Object.entries(asked)
            .map(([name, id]) => `${name} ${id}`)
            .join(', '),
    ],
    [t('audit.route'), entry.route],
    [t('audit.address'), entry.address],
    [t('audit.program'), entry.userAgent === null ? null : (deviceOf(entry.userAgent).name ?? entry.userAgent)],
    [t('audit.requestId'), entry.requestId],
    [t('audit.entryId'), entry.id],
  ];
  return (
    <dl className={styles['facts']}>
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name} className={styles['fact']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
