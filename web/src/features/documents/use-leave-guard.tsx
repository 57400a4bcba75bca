import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useGo, useHold } from '../../ui/router/router.tsx';

/** Where a press would lead within this application; undefined for what stays here or opens elsewhere. */
function targetOf(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.hasAttribute('download')) return undefined;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== window.location.origin || hash !== '') return undefined;
  return pathname + search;
}

function Hold({ onTry }: { onTry: () => void }) {
  useHold(onTry);
  return null;
}

/** `back` for the browser's own Back. */
type Target = { to: string } | 'back';

/** While something is not saved: links and Back ask first, and so does the browser when the tab is closed. */
export function useLeaveGuard(isDirty: boolean) {
  const { t } = useTranslation('documents');
  const go = useGo();
  const [target, setTarget] = useState<Target | null>(null);
  const [isGoingBack, setGoingBack] = useState(false);
  useEffect(() => {
    if (!isDirty) return;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    const press = (event: MouseEvent) => {
      const to = targetOf(event);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget({ to });
    };
    window.addEventListener('beforeunload', unload);
    document.addEventListener('click', press, true);
    return () => {
      window.removeEventListener('beforeunload', unload);
      document.removeEventListener('click', press, true);
    };
  }, [isDirty]);
  useEffect(() => {
    // Once nothing holds the page any more.
    if (isGoingBack) window.history.back();
  }, [isGoingBack]);
  function leave() {
    if (target === 'back') setGoingBack(true);
    else if (target !== null) go(target.to);
  }
  const dialog = (
    <>
      {isDirty && !isGoingBack && <Hold onTry={() => setTarget('back')} />}
      <ConfirmDialog
        isOpen={target !== null && !isGoingBack}
        title={t('leave.title')}
        yes={t('leave.yes')}
        no={t('leave.no')}
        isGrave
        onYes={leave}
        onNo={() => setTarget(null)}
      >
        <p>{t('leave.text')}</p>
      </ConfirmDialog>
    </>
  );
  return { dialog };
}
