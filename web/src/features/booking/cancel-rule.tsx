import { useTranslation } from 'react-i18next';
import { useUser } from '../auth/use-session.ts';

/** The clinic's rule about moving and calling off, in words. */
export function CancelRule() {
  const { t } = useTranslation('scheduling');
  const { cancelFreeHours } = useUser().tenant;
  return (
    <p className="dimmed">{cancelFreeHours === 0 ? t('book.ruleAny') : t('book.rule', { count: cancelFreeHours })}</p>
  );
}
