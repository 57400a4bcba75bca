import { useTranslation } from 'react-i18next';
import { type BuiltInRole, builtInRoles } from '../../api/admin.ts';
import styles from './admin.module.css';
import { Check, toggled } from './check.tsx';

interface SignInGroupProps {
  mfaRequiredFor: readonly BuiltInRole[];
  requireVerifiedEmail: boolean;
  isDisabled: boolean;
  onMfa: (roles: readonly BuiltInRole[]) => void;
  onVerified: (isOn: boolean) => void;
}

/** Who needs a second factor, and whether patients confirm their e-mail first. */
export function SignInGroup({ mfaRequiredFor, requireVerifiedEmail, isDisabled, onMfa, onVerified }: SignInGroupProps) {
  const { t } = useTranslation('admin');
  return (
    <fieldset className={styles['group']} disabled={isDisabled}>
      <legend>{t('clinic.signIn')}</legend>
      <p>{t('clinic.mfa')}</p>
      {builtInRoles.map((role) => (
        <Check
          key={role}
          label={t(`role.${role}`)}
          isOn={mfaRequiredFor.includes(role)}
          onChange={(isOn) => onMfa(toggled(mfaRequiredFor, role, isOn))}
        />
      ))}
      <p className="dimmed">{t('clinic.mfaAbout')}</p>
      <Check label={t('clinic.verified')} isOn={requireVerifiedEmail} onChange={onVerified}>
        {t('clinic.verifiedAbout')}
      </Check>
    </fieldset>
  );
}
