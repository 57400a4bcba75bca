import { useTranslation } from 'react-i18next';
import { browserName } from './browser-name.ts';

/** Step by step, in this very browser: where the block is taken away again. */
export function DeniedHelp() {
  const { t } = useTranslation('check');
  const browser = browserName(navigator.userAgent, navigator.maxTouchPoints);
  const steps = t(`denied.${browser}`, { returnObjects: true }) as unknown as readonly string[];
  return (
    <>
      <p>{t('howTo')}</p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}
