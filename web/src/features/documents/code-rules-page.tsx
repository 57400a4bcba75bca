import '../../ui/i18n/documents.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CdtCode, CdtRule, RuleKey } from '../../api/documents.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { AdminPage } from '../admin/admin-page.tsx';
import booking from '../booking/booking.module.css';
import styles from './documents.module.css';
import { useDocumentsApi } from './use-documents.ts';

const pairs: readonly RuleKey[] = (['mild', 'moderate', 'severe'] as const).flatMap((tier) =>
  (['adolescent', 'adult'] as const).map((ageGroup) => ({ tier, ageGroup })),
);

function useRulesChanged(onDone: () => void) {
  const { t } = useTranslation('documents');
  const queries = useQueryClient();
  const announce = useAnnounce();
  return () => {
    void queries.invalidateQueries({ queryKey: ['cdt-rules'] });
    announce(t('cdt.kept'));
    onDone();
  };
}

interface ChooseProps {
  pair: RuleKey;
  name: string;
  rule: CdtRule | undefined;
  codes: readonly CdtCode[];
  onDone: () => void;
}

function Choose({ pair, name, rule, codes, onDone }: ChooseProps) {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const active = codes.filter(({ isActive }) => isActive);
  const [chosen, setChosen] = useState(() =>
    (rule?.codes ?? []).filter(({ isActive }) => isActive).map(({ code }) => code),
  );
  const [isEmpty, setEmpty] = useState(false);
  const changed = useRulesChanged(onDone);
  const saving = useMutation({
    mutationFn: () => (rule === undefined ? api.addRule({ ...pair, codes: chosen }) : api.changeRule(rule.id, chosen)),
    onSuccess: changed,
  });
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(chosen.length === 0);
        if (chosen.length > 0 && !saving.isPending) saving.mutate();
      }}
    >
      <fieldset className={styles['choices']}>
        <legend>{t('cdt.choose', { rule: name })}</legend>
        {active.map(({ code, description }) => (
          <label key={code} className={booking['check']}>
            <input
              type="checkbox"
              checked={chosen.includes(code)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen(
                  active.map((one) => one.code).filter((one) => (one === code ? checked : chosen.includes(one))),
                )
              }
            />
            <span>
              {code} {description}
            </span>
          </label>
        ))}
      </fieldset>
      {isEmpty && chosen.length === 0 && (
        <Notice tone="bad" live="alert">
          <p>{t('cdt.chooseMissing')}</p>
        </Notice>
      )}
      {saving.error !== null && <Failure error={saving.error} />}
      <div className="row">
        <Button type="submit" loading={saving.isPending}>
          {t('cdt.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cdt.cancel')}
        </Button>
      </div>
    </form>
  );
}

function DeleteRule({ rule, name }: { rule: CdtRule; name: string }) {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const [isAsking, setAsking] = useState(false);
  const changed = useRulesChanged(() => setAsking(false));
  const deleting = useMutation({ mutationFn: () => api.deleteRule(rule.id), onSuccess: changed });
  return (
    <>
      <Button variant="subtle" aria-label={t('cdt.deleteOf', { rule: name })} onClick={() => setAsking(true)}>
        {t('cdt.delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('cdt.deleteTitle')}
        yes={t('cdt.delete')}
        no={t('cdt.cancel')}
        isGrave
        isBusy={deleting.isPending}
        onYes={() => deleting.mutate()}
        onNo={() => setAsking(false)}
      >
        <p>{name}</p>
        <p>{t('cdt.deleteText')}</p>
        {deleting.error !== null && <Failure error={deleting.error} />}
      </ConfirmDialog>
    </>
  );
}

function Rule({ pair, rule, codes }: Pick<ChooseProps, 'pair' | 'rule' | 'codes'>) {
  const { t } = useTranslation('documents');
  const [isOpen, setOpen] = useState(false);
  const name = t('cdt.rule', { tier: t(`tier.${pair.tier}`), ageGroup: t(`cdt.ageGroup.${pair.ageGroup}`) });
  return (
    <li className={styles['card']}>
      <h2>{name}</h2>
      {rule === undefined && <p className="dimmed">{t('cdt.noRule')}</p>}
      {rule !== undefined && (
        <dl className={styles['facts']}>
          {rule.codes.map(({ code, description, isActive }) => (
            <div key={code}>
              <dt>{code}</dt>
              <dd>{isActive ? description : t('cdt.offInRule', { code })}</dd>
            </div>
          ))}
        </dl>
      )}
      {isOpen ? (
        <Choose pair={pair} name={name} rule={rule} codes={codes} onDone={() => setOpen(false)} />
      ) : (
        <div className="row">
          <Button variant="default" aria-label={t('cdt.setOf', { rule: name })} onClick={() => setOpen(true)}>
            {t('cdt.set')}
          </Button>
          {rule !== undefined && <DeleteRule rule={rule} name={name} />}
        </div>
      )}
    </li>
  );
}

/** Which codes a case gets by its severity and the age of the patient. */
export function CodeRulesPage() {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const rules = useQuery({ queryKey: ['cdt-rules'], queryFn: ({ signal }) => api.rules(signal) });
  const codes = useQuery({
    queryKey: ['cdt-codes', 'all'],
    async queryFn({ signal }) {
      const items: CdtCode[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await api.codes(cursor, signal);
        items.push(...page.items);
        if (page.nextCursor === null) return items;
        cursor = page.nextCursor;
      }
    },
  });
  const error = rules.error ?? codes.error;
  const isThere = rules.data !== undefined && codes.data !== undefined;
  function retry() {
    void rules.refetch();
    void codes.refetch();
  }
  return (
    <AdminPage title={t('cdt.rules')} lead={t('cdt.rulesLead')}>
      {error !== null && <Failure error={error} onRetry={retry} />}
      {!isThere && error === null && <Patience text={t('cdt.loading')} onRetry={retry} />}
      {isThere && codes.data.length === 0 && (
        <EmptyState title={t('cdt.noCodes')}>
          <p>{t('cdt.needCodes')}</p>
          <Link to={paths.cdtCodes}>{t('cdt.codes')}</Link>
        </EmptyState>
      )}
      {isThere && codes.data.length > 0 && (
        <ul className="plain-list stack">
          {pairs.map((pair) => (
            <Rule
              key={`${pair.tier} ${pair.ageGroup}`}
              pair={pair}
              codes={codes.data}
              rule={rules.data.items.find(({ tier, ageGroup }) => tier === pair.tier && ageGroup === pair.ageGroup)}
            />
          ))}
        </ul>
      )}
    </AdminPage>
  );
}
