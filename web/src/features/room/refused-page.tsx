import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../../ui/error-text.ts';
import { Page } from '../../ui/page.tsx';

interface RefusedPageProps {
  code: string;
  onAgain: () => void;
  onBack: () => void;
}

/** The server said no: why, in words. */
export function RefusedPage({ code, onAgain, onBack }: RefusedPageProps) {
  const { t } = useTranslation('room');
  const codeText = useCodeText();
  return (
    <Page title={t('refused.title')} lead={codeText(code)}>
      <div className="row">
        <Button size="lg" onClick={onAgain}>
          {t('refused.again')}
        </Button>
        <Button size="lg" variant="default" onClick={onBack}>
          {t('refused.back')}
        </Button>
      </div>
    </Page>
  );
}
