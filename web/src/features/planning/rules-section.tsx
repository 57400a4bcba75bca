import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleView } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useScheduling } from '../booking/use-scheduling.ts';
import { AffectedDialog } from './affected-dialog.tsx';
import { dayName, fieldsOf, newRule, type RuleFields, ruleBody, weekdayName } from './hours-words.ts';
import styles from './planning.module.css';
import { RuleForm } from './rule-form.tsx';
import { useChangeHours, useRules } from './use-hours.ts';
import { useStaffLists } from './use-planning.ts';

interface RowProps {
  rule: RuleView;
  onEdit: () => void;
  onRemove: () => void;
}

function useValidity() {
  const { t } = useTranslation('planning');
  const { locale } = useClinicTime();
  return ({ validFrom, validTo }: RuleView): string => {
    const from = validFrom === null ? '' : dayName(locale, validFrom);
    const to = validTo === null ? '' : dayName(locale, validTo);
    if (validFrom === null) return validTo === null ? t('hours.always') : t('hours.until', { to });
    return validTo === null ? t('hours.since', { from }) : t('hours.between', { from, to });
  };
}

function Row({ rule, onEdit, onRemove }: RowProps) {
  const { t } = useTranslation('planning');
  const { locale } = useClinicTime();
  const { places } = useStaffLists();
  const validity = useValidity();
  const { weekday, startTime, endTime, modality, locationId } = rule;
  const words = { day: weekdayName(locale, weekday), from: startTime, to: endTime };
  return (
    <tr>
      <th scope="row">{words.day}</th>
      <td>{t('hours.span', words)}</td>
      <td>{t(`way.${modality}`)}</td>
      <td>{places.find(({ id }) => id === locationId)?.name ?? t('hours.noPlace')}</td>
      <td>{validity(rule)}</td>
      <td>
        <div className="row">
          <Button variant="default" aria-label={t('hours.editOf', words)} onClick={onEdit}>
            {t('hours.edit')}
          </Button>
          <Button variant="subtle" color="red" aria-label={t('hours.removeOf', words)} onClick={onRemove}>
            {t('hours.remove')}
          </Button>
        </div>
      </td>
    </tr>
  );
}

const byTime = (a: RuleView, b: RuleView) => a.weekday - b.weekday || a.startTime.localeCompare(b.startTime);

/** The usual week. */
export function RulesSection({ practitionerId }: { practitionerId: string }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const found = useRules(practitionerId);
  const hours = useChangeHours();
  const [open, setOpen] = useState<RuleView | 'new' | null>(null);
  const rules = (found.data?.items ?? []).toSorted(byTime);
  const retry = () => void found.refetch();
  const onDone = () => setOpen(null);
  function save(fields: RuleFields) {
    if (open !== 'new' && open !== null) {
      const rule = ruleBody(fields, fields.weekdays[0] ?? open.weekday);
      const previews = [{ change: 'change-rule', id: open.id, rule }];
      hours.change({ previews, apply: () => api.changeRule(open.id, rule), onDone });
      return;
    }
    const bodies = fields.weekdays.map((day) => ({ ...ruleBody(fields, day), practitionerId }));
    hours.change({
      previews: bodies.map((rule) => ({ change: 'create-rule', rule })),
      async apply() {
        for (const body of bodies) await api.createRule(body);
      },
      onDone,
    });
  }
  const remove = ({ id }: RuleView) =>
    hours.change({ previews: [{ change: 'delete-rule', id }], apply: () => api.deleteRule(id) });
  return (
    <section className="stack" aria-labelledby="rules">
      <div className={styles['sectionHead']}>
        <h2 id="rules">{t('hours.rules')}</h2>
        {open === null && <Button onClick={() => setOpen('new')}>{t('hours.addRule')}</Button>}
      </div>
      {hours.error !== null && <Failure error={hours.error} />}
      {open !== null && (
        <RuleForm
          key={open === 'new' ? 'new' : open.id}
          title={t(open === 'new' ? 'hours.addRule' : 'hours.changeRule')}
          start={open === 'new' ? newRule : fieldsOf(open)}
          isNew={open === 'new'}
          isBusy={hours.isBusy}
          onSave={save}
          onCancel={() => setOpen(null)}
        />
      )}
      {found.error !== null && <Failure error={found.error} onRetry={retry} />}
      {found.isPending && found.error === null && <Patience text={t('hours.loading')} onRetry={retry} />}
      {found.isSuccess && rules.length === 0 && (
        <EmptyState title={t('hours.noRules')}>{t('hours.noRulesText')}</EmptyState>
      )}
      {rules.length > 0 && (
        <ScrollRegion label={t('hours.rulesTable')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                {(['weekday', 'times', 'way', 'place', 'validity'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`hours.${column}`)}
                  </th>
                ))}
                <th scope="col">{t('arrivals.actions')}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <Row key={rule.id} rule={rule} onEdit={() => setOpen(rule)} onRemove={() => remove(rule)} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <AffectedDialog {...hours} />
    </section>
  );
}
