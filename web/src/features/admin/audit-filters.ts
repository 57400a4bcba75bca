/** The filters of the audit trail, in the address bar and as the server takes them. Pure. */
import { type AuditFilter, auditResults } from '../../api/admin.ts';
import { type ClinicTime, dayStart, nextDay } from '../../ui/time.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const day = /^\d{4}-\d{2}-\d{2}$/;
/** As the server has it (src/records/audit/schema.ts). */
export const actionForm = /^[a-z_-]{1,40}\.[a-z_-]{1,40}$/;

export const auditFilterForms = {
  who: uuid,
  whose: uuid,
  action: actionForm,
  result: new RegExp(`^(${auditResults.join('|')})$`),
  from: day,
  to: day,
};
export type AuditFilterValues = Record<keyof typeof auditFilterForms, string>;

/** Days become instants in the clinic's zone; both are inside. */
export function toAuditFilter(values: AuditFilterValues, time: ClinicTime): AuditFilter {
  const from = values.from === '' ? null : dayStart(time, values.from);
  const to = values.to === '' ? null : dayStart(time, nextDay(values.to));
  return {
    from: from?.toISOString(),
    to: to?.toISOString(),
    actorId: values.who === '' ? undefined : values.who,
    patientId: values.whose === '' ? undefined : values.whose,
    action: values.action === '' ? undefined : values.action,
    result: values.result === '' ? undefined : values.result,
  };
}
