import { Button } from '@mantine/core';
import { IconCamera, IconPaperclip } from '@tabler/icons-react';
import { type ChangeEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './files.module.css';
import { acceptedTypes } from './fit.ts';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Files that are dropped anywhere on the page or pasted; a file that misses the mark must not take the page's place. */
function useDropAndPaste(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent((files: FileList | undefined) => {
    if (files && files.length > 0) onFiles(Array.from(files));
  });
  useEffect(() => {
    let depth = 0;
    const within = (change: number) => (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth + change);
      setOver(depth > 0);
    };
    const [enter, leave] = [within(1), within(-1)];
    const over = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take(event.dataTransfer?.files);
    };
    const paste = (event: ClipboardEvent) => take(event.clipboardData?.files);
    const heard = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [name, listener] of Object.entries(heard)) window.addEventListener(name as 'drop', listener);
    window.addEventListener('paste', paste);
    return () => {
      for (const [name, listener] of Object.entries(heard)) window.removeEventListener(name as 'drop', listener);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return isOver;
}

/** Choosing files by button, by dropping, by pasting, or with the camera of a phone. */
export function PickFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation('files');
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const isOver = useDropAndPaste(onFiles);
  function chosen({ currentTarget: input }: ChangeEvent<HTMLInputElement>) {
    onFiles(Array.from(input.files ?? []));
    // The same file can be chosen again.
    input.value = '';
  }
  return (
    <div className={styles['drop']} data-over={isOver}>
      <p className={styles['dropText']}>{t(isOver ? 'send.dropNow' : 'send.drop')}</p>
      <div className="row">
        <Button
          size="md"
          leftSection={<IconPaperclip size={22} aria-hidden />}
          onClick={() => chooser.current?.click()}
        >
          {t('send.choose')}
        </Button>
        <Button
          size="md"
          variant="default"
          className={styles['camera'] ?? ''}
          leftSection={<IconCamera size={22} aria-hidden />}
          onClick={() => camera.current?.click()}
        >
          {t('send.camera')}
        </Button>
      </div>
      <p className="dimmed">{t('send.rules')}</p>
      <input ref={chooser} type="file" multiple hidden accept={acceptedTypes} onChange={chosen} />
      <input ref={camera} type="file" hidden accept="image/jpeg,image/*" capture="environment" onChange={chosen} />
    </div>
  );
}
