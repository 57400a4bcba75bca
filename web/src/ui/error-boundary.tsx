import { Button } from '@mantine/core';
import { Component, type PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from './page.tsx';

function Broken() {
  const { t } = useTranslation();
  return (
    <Page title={t('broken.title')} lead={t('broken.text')}>
      <Button onClick={() => window.location.reload()}>{t('broken.reload')}</Button>
    </Page>
  );
}

interface ErrorBoundaryProps {
  /** Where this is; going elsewhere is a fresh try. */
  place: string;
}

interface Fault {
  isBroken: boolean;
  place: string;
}

/** A fault in one page, or a part of it that could not be loaded, leaves words and a way on. */
export class ErrorBoundary extends Component<PropsWithChildren<ErrorBoundaryProps>, Fault> {
  override state: Fault = { isBroken: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<Fault> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ place }: ErrorBoundaryProps, before: Fault): Fault | null {
    return before.place === place ? null : { isBroken: false, place };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}
