import { IconDots } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ControlButton } from './control-button.tsx';
import styles from './more-menu.module.css';

export interface MoreItem {
  id: string;
  icon: ReactNode;
  text: string;
  /** Only where its own control has no room. */
  isForPhones?: boolean;
  run: () => void;
}

/** The further controls behind one button: opens upwards, closes by Escape, by a press elsewhere, by the choice itself. */
export function MoreMenu({ items }: { items: readonly MoreItem[] }) {
  const { t } = useTranslation('tools');
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const listId = useId();

  useEffect(() => {
    if (!isOpen) return;
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape') return;
      // The chat, which closes by Escape too, stays.
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    }
    function onPress(event: PointerEvent) {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false);
    }
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [isOpen]);

  function choose(item: MoreItem) {
    // Where the focus was before: a dialog that opens now gives it back to there.
    button.current?.focus();
    setOpen(false);
    item.run();
  }

  return (
    <div className={styles['more']} ref={place}>
      <ControlButton
        ref={button}
        icon={<IconDots size={26} aria-hidden />}
        text={t('more')}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <ul id={listId} className={styles['list']} aria-label={t('moreTitle')}>
          {items.map((item) => (
            <li key={item.id} data-phones={item.isForPhones === true}>
              <button type="button" onClick={() => choose(item)}>
                {item.icon}
                {item.text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
