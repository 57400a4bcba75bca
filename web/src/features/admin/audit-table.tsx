import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/admin.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { clockWithSeconds, stamp } from '../../ui/time.ts';
import styles from './admin.module.css';
import { AuditDetail } from './audit-detail.tsx';
import type { AuditFilterValues } from './audit-filters.ts';

interface AuditTableProps {
  entries: readonly AuditEntry[];
  onChange: (change: Partial<AuditFilterValues>) => void;
}

function FilterButton({ title, onPress, children }: { title: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles['plainButton']} title={title} onClick={onPress}>
      {children}
    </button>
  );
}

function Rows({ entry, onChange }: { entry: AuditEntry; onChange: AuditTableProps['onChange'] }) {
  const { t } = useTranslation('admin');
  const time = useClinicTime();
  const [isOpen, setOpen] = useState(false);
  const { at, actor, action, result, patientIds, entity } = entry;
  const who = actor.name ?? t(`actor.${actor.kind}`);
  const actorId = actor.id;
  return (
    <>
      <tr>
        <th scope="row" className={styles['nowrap']}>
          <time dateTime={at}>{stamp(time, at)}</time>
        </th>
        <td>
          {actorId === null ? (
            who
          ) : (
            <FilterButton title={t('audit.onlyWho', { name: who })} onPress={() => onChange({ who: actorId })}>
              {who}
            </FilterButton>
          )}
        </td>
        <td className={styles['code']}>
          <FilterButton title={t('audit.onlyAction', { action })} onPress={() => onChange({ action })}>
            {action}
          </FilterButton>
        </td>
        <td>{patientIds.length === 0 ? (entity?.type ?? '') : t('audit.patients', { count: patientIds.length })}</td>
        <td>
          <span className={styles['state']} data-bad={result === 'success' ? undefined : true}>
            {t(`result.${result}`)}
          </span>
        </td>
        <td>
          <button
            type="button"
            className={styles['plainButton']}
            aria-expanded={isOpen}
            aria-label={t('audit.detailOf', { action, when: clockWithSeconds(time, at) })}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'audit.hide' : 'audit.detail')}
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6}>
            <AuditDetail entry={entry} onChange={onChange} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The newest first. A press on a name or an action shows only those. */
export function AuditTable({ entries, onChange }: AuditTableProps) {
  const { t } = useTranslation('admin');
  return (
    <ScrollRegion label={t('audit.table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('audit.when')}</th>
            <th scope="col">{t('audit.who')}</th>
            <th scope="col">{t('audit.action')}</th>
            <th scope="col">{t('audit.about')}</th>
            <th scope="col">{t('audit.result')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('audit.detail')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Rows key={entry.id} entry={entry} onChange={onChange} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
