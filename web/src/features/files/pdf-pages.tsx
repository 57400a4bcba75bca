import { Button } from '@mantine/core';
import { getDocument, type PDFDocumentProxy, PDFWorker, type RenderTask } from 'pdfjs-dist';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Patience } from '../../ui/patience.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import styles from './preview.module.css';

/** Pages that are drawn before somebody asks for more: each costs memory. */
const atOnce = 5;
/** Sharp on a good screen, and not more than a phone can hold. */
const widestPx = 2_000;

/** Where web/pdf-parts.ts lays what it may need. */
const options = {
  useWasm: false,
  enableXfa: false,
  standardFontDataUrl: '/pdf/fonts/',
  cMapUrl: '/pdf/cmaps/',
  cMapPacked: true,
  wasmUrl: '/pdf/images/',
} as const;

type Opened = PDFDocumentProxy | 'unreadable' | null;

/** Reads it in a thread of its own; nothing in it is run or fetched. */
function useDocument(file: Blob): Opened {
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    let isGone = false;
    const port = new Worker(new URL('pdf-thread.ts', import.meta.url), { type: 'module' });
    const worker = PDFWorker.create({ port });
    const reading = file.arrayBuffer().then((data) => {
      return getDocument({ ...options, data, worker }).promise;
    });
    reading.then(
      (document) => {
        if (!isGone) setOpened(document);
      },
      () => {
        if (!isGone) setOpened('unreadable');
      },
    );
    return () => {
      isGone = true;
      worker.destroy();
      port.terminate();
    };
  }, [file]);
  return opened;
}

/** One page as a picture, its words beside it for who does not see pictures. */
function PdfPage({ document, number }: { document: PDFDocumentProxy; number: number }) {
  const { t } = useTranslation('files');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    let isGone = false;
    let drawing: RenderTask | undefined;
    async function draw() {
      const page = await document.getPage(number);
      const element = canvas.current;
      if (isGone || element === null) return;
      const natural = page.getViewport({ scale: 1 });
      const wanted = Math.min(widestPx, element.clientWidth * window.devicePixelRatio);
      const viewport = page.getViewport({ scale: Math.max(0.1, wanted / natural.width) });
      element.width = Math.round(viewport.width);
      element.height = Math.round(viewport.height);
      drawing = page.render({ canvas: element, viewport });
      await drawing.promise;
      const { items } = await page.getTextContent();
      if (!isGone) setWords(items.map((item) => ('str' in item ? item.str : '')).join(' '));
      page.cleanup();
    }
    // A page that cannot be drawn stays white; the file can be saved.
    draw().catch(() => undefined);
    return () => {
      isGone = true;
      drawing?.cancel();
    };
  }, [document, number]);
  const label = t('preview.page', { number, count: document.numPages });
  return (
    <figure className={styles['page']}>
      {/* The words of the page follow it: the picture itself says nothing to who does not see it. */}
      <canvas ref={canvas} aria-hidden />
      <figcaption className="dimmed">{label}</figcaption>
      <p className="visually-hidden">{words}</p>
    </figure>
  );
}

interface PdfProps {
  file: Blob;
  unreadable: ReactNode;
}

/** A PDF, page under page. */
export function PdfPages(props: PdfProps) {
  const [attempt, setAttempt] = useState(1);
  // Only this is begun anew: around it may be a consultation.
  return <Pages key={attempt} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

function Pages({ file, unreadable, onRetry }: PdfProps & { onRetry: () => void }) {
  const { t } = useTranslation('files');
  const opened = useDocument(file);
  const [shown, setShown] = useState(atOnce);
  const [isLarge, setLarge] = useState(false);
  if (opened === 'unreadable') return unreadable;
  if (opened === null) return <Patience text={t('preview.loading')} onRetry={onRetry} />;
  const count = Math.min(shown, opened.numPages);
  return (
    <div className={styles['pages']}>
      <div>
        <Button variant="default" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
          {t('preview.larger')}
        </Button>
      </div>
      <ScrollRegion label={t('preview.pages')}>
        <div className={styles['sheets']} data-large={isLarge}>
          {Array.from({ length: count }, (_, index) => (
            // Drawn anew for its size, or it would be blurred.
            <PdfPage key={`${index} ${isLarge}`} document={opened} number={index + 1} />
          ))}
        </div>
      </ScrollRegion>
      {count < opened.numPages && (
        <div>
          <Button variant="default" onClick={() => setShown(shown + atOnce)}>
            {t('preview.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
