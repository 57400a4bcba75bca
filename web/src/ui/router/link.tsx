import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import type { Step } from './place.ts';
import { useGo, usePlace } from './router.tsx';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  step?: Step;
  /** It is followed in this page, now. */
  onFollow?: () => void;
}

/** Whether the browser itself should follow: a new tab, a new window, a download. */
function isForBrowser(event: MouseEvent<HTMLAnchorElement>): boolean {
  return (
    event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  );
}

/** A real link that stays in the page. Says `aria-current` on the page it leads to. */
export function Link({ to, step, onFollow, onClick, children, ...rest }: LinkProps) {
  const go = useGo();
  const { path } = usePlace();
  return (
    <a
      href={to}
      aria-current={to === path ? 'page' : undefined}
      {...rest}
      onClick={(event) => {
        onClick?.(event);
        if (isForBrowser(event)) return;
        event.preventDefault();
        onFollow?.();
        go(to, step);
      }}
    >
      {children}
    </a>
  );
}
