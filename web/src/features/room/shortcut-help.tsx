import { useTranslation } from 'react-i18next';
import { type Deed, shortcuts } from './shortcuts.ts';
import styles from './tool-dialog.module.css';
import { ToolDialog } from './tool-dialog.tsx';
import { YesNo } from './yes-no.tsx';

interface ShortcutHelpProps {
  isOn: boolean;
  setOn: (on: boolean) => void;
  /** What somebody of this seat cannot do is not listed. */
  canDo: (deed: Deed) => boolean;
  onClose: () => void;
}

/** The keys of the call, and the switch that takes them away. */
export function ShortcutHelp({ isOn, setOn, canDo, onClose }: ShortcutHelpProps) {
  const { t } = useTranslation('tools');
  return (
    <ToolDialog title={t('key.title')} onClose={onClose}>
      <YesNo label={t('key.on')} text={t('key.onText')} isOn={isOn} onChange={setOn} />
      <dl className={styles['keys']}>
        {shortcuts
          .filter(({ does }) => canDo(does))
          .flatMap(({ key, does }) => [
            <dt key={`${key}-key`}>
              <kbd>{key.toLocaleUpperCase()}</kbd>
            </dt>,
            <dd key={`${key}-does`}>{t(`key.${does}`)}</dd>,
          ])}
      </dl>
    </ToolDialog>
  );
}
