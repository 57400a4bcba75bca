import '@mantine/core/styles/Progress.css';
import '../../ui/i18n/network.ts';
import { Button, Progress } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NetworkTest, type NetworkTestState, testNetwork } from '../../call/network-test/network-test.ts';
import { useServices } from '../../services.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SignalBars } from '../../ui/signal-bars.tsx';
import { useLiving, useLivingState } from '../../ui/use-living.ts';
import { FiguresList } from './figures-list.tsx';
import styles from './network.module.css';

interface NetworkCheckProps {
  /** Of the preview; only its silence is sent. */
  microphone: MediaStreamTrack | null;
}

const before: NetworkTestState = { phase: 'running', progress: 0 };
const stateOf = (test: NetworkTest) => test.state;
const bars = { good: 3, fair: 2, poor: 1 } as const;
const tones = { good: 'good', fair: 'warning', poor: 'bad' } as const;

function Running({ progress }: { progress: number }) {
  const { t } = useTranslation('network');
  return (
    <>
      <p>{t('running')}</p>
      <Progress value={progress * 100} aria-label={t('progress')} transitionDuration={0} />
    </>
  );
}

function Done({ figures, verdict }: Extract<NetworkTestState, { phase: 'done' }>) {
  const { t } = useTranslation('network');
  if (verdict === null) return <Notice tone="plain">{t('said.reached', { ms: figures.roundTripMs })}</Notice>;
  const word = t(`verdict.${verdict}`);
  return (
    <Notice tone={tones[verdict]}>
      <SignalBars lit={bars[verdict]} word={word} label={t('label', { word })} />
      <p>{t(`said.${verdict}`)}</p>
      <FiguresList figures={figures} />
    </Notice>
  );
}

function TestOnce({ microphone, onAgain }: NetworkCheckProps & { onAgain: () => void }) {
  const { t } = useTranslation('network');
  const { session } = useServices();
  const make = useCallback(
    () => testNetwork({ token: (not) => session.token(not), microphone }),
    // Another microphone chosen meanwhile is no other line: what runs goes on with a copy of the first one.
    // oxlint-disable-next-line react/exhaustive-deps -- As said above.
    [session],
  );
  const state = useLivingState(useLiving(make), stateOf, before);
  return (
    <>
      <div aria-live="polite">
        {state.phase === 'running' && <Running progress={state.progress} />}
        {state.phase === 'done' && <Done {...state} />}
        {state.phase === 'failed' && <Notice tone="warning">{t(`said.${state.why}`)}</Notice>}
      </div>
      {state.phase !== 'running' && (
        <Button variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
      )}
    </>
  );
}

/** Tries the way to the server and says in words what it is good for. Who saves data is asked first. */
export function NetworkCheck({ microphone }: NetworkCheckProps) {
  const { t } = useTranslation('network');
  const [turn, setTurn] = useState(() => (savesData() ? 0 : 1));
  return (
    <section className={styles['network']} aria-labelledby="network-title">
      <h2 id="network-title">{t('title')}</h2>
      {turn === 0 && (
        <>
          <p>{t('said.saver')}</p>
          <Button variant="default" onClick={() => setTurn(1)}>
            {t('test')}
          </Button>
        </>
      )}
      {turn > 0 && <TestOnce key={turn} microphone={microphone} onAgain={() => setTurn(turn + 1)} />}
    </section>
  );
}

/** Network Information API, which not every browser has. */
function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return typeof connection === 'object' && connection !== null && Reflect.get(connection, 'saveData') === true;
}
