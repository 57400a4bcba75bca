import { useTranslation } from 'react-i18next';
import { type BuiltInRole, builtInRoles } from '../../api/admin.ts';
import styles from './admin.module.css';
import { Check, toggled } from './check.tsx';
import { useRoles } from './use-roles.ts';

export interface ChosenRoles {
  roles: readonly BuiltInRole[];
  clinicRoleIds: readonly string[];
}

interface RoleChoiceProps {
  chosen: ChosenRoles;
  error?: string | undefined;
  onChange: (chosen: ChosenRoles) => void;
}

/** The built-in roles and the clinic's own. */
export function RoleChoice({ chosen, error, onChange }: RoleChoiceProps) {
  const { t } = useTranslation('admin');
  const own = useRoles().data?.items ?? [];
  return (
    <fieldset className={styles['group']}>
      <legend>{t('users.roles')}</legend>
      {error !== undefined && (
        <p role="alert" className={styles['state']} data-bad>
          {error}
        </p>
      )}
      {builtInRoles.map((role) => (
        <Check
          key={role}
          label={t(`role.${role}`)}
          isOn={chosen.roles.includes(role)}
          onChange={(isOn) => onChange({ ...chosen, roles: toggled(chosen.roles, role, isOn) })}
        >
          {t(`roleAbout.${role}`)}
        </Check>
      ))}
      {own.map(({ id, name, description }) => (
        <Check
          key={id}
          label={name}
          isOn={chosen.clinicRoleIds.includes(id)}
          onChange={(isOn) => onChange({ ...chosen, clinicRoleIds: toggled(chosen.clinicRoleIds, id, isOn) })}
        >
          {description === '' ? t('roleAbout.own') : description}
        </Check>
      ))}
    </fieldset>
  );
}
