import { useTranslation } from 'react-i18next';
import type { ScopeWords } from '../../api/admin.ts';
import styles from './admin.module.css';
import { Check, toggled } from './check.tsx';
import { groupScopes } from './scope-groups.ts';

interface ScopeChoiceProps {
  legend: string;
  catalogue: readonly ScopeWords[];
  chosen: readonly string[];
  /** Nobody hands on more than they have. */
  mayGive: (scope: ScopeWords) => boolean;
  error?: string | undefined;
  onChange: (chosen: readonly string[]) => void;
}

/** What somebody, or some program, may do: each scope with its words. */
export function ScopeChoice({ legend, catalogue, chosen, mayGive, error, onChange }: ScopeChoiceProps) {
  const { t } = useTranslation('admin');
  return (
    <fieldset className={styles['group']}>
      <legend>{legend}</legend>
      <output>{t('scopes.chosen', { count: chosen.length })}</output>
      {error !== undefined && (
        <p role="alert" className={styles['state']} data-bad>
          {error}
        </p>
      )}
      <div className={styles['scopes']}>
        {groupScopes(catalogue).flatMap(({ scopes }) =>
          scopes.map((one) => (
            <Check
              key={one.scope}
              label={one.description}
              isOn={chosen.includes(one.scope)}
              isDisabled={!mayGive(one)}
              onChange={(isOn) => onChange(toggled(chosen, one.scope, isOn))}
            >
              <span className={styles['code']}>{one.scope}</span>
            </Check>
          )),
        )}
      </div>
    </fieldset>
  );
}
