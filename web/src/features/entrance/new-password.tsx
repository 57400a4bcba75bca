import { IconCheck, IconPoint } from '@tabler/icons-react';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/form/password-field.tsx';
import styles from './new-password.module.css';
import { keptRules, type PasswordOwner, passwordRules } from './password-rules.ts';

interface NewPasswordProps {
  label: string;
  name: string;
  value: string;
  error?: string | undefined;
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  /** Whose it will be: name and address are no password. */
  owner: PasswordOwner;
}

/** A new password, with what it still needs while it is typed. */
export function NewPassword({ owner, ...props }: NewPasswordProps) {
  const { t } = useTranslation('account');
  const kept = keptRules(props.value, owner);
  const open = passwordRules.length - kept.size;
  return (
    <div>
      <PasswordField {...props} autoComplete="new-password" />
      <ul className={styles['rules']} aria-label={t('rules.title')}>
        {passwordRules.map((rule) => (
          <li key={rule} data-kept={kept.has(rule) || undefined}>
            {kept.has(rule) ? <IconCheck size={18} aria-hidden /> : <IconPoint size={18} aria-hidden />}
            <span>
              {t(`rules.${rule}`)}
              <span className="visually-hidden"> {t(kept.has(rule) ? 'rules.kept' : 'rules.open')}</span>
            </span>
          </li>
        ))}
      </ul>
      <output className="visually-hidden">
        {props.value !== '' && t(open === 0 ? 'rules.allKept' : 'rules.left', { count: open })}
      </output>
    </div>
  );
}
