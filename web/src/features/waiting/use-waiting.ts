import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, CallState } from '../../call/call.ts';
import { ring } from './ring.ts';

/** The tab says the place, so that it is seen from another one. Call it in what holds the page: its own title comes first. */
export function useTabPlace(position: number | null): void {
  const { t } = useTranslation('waiting');
  const { t: common } = useTranslation();
  useEffect(() => {
    if (position === null) return;
    const page = position === 1 ? t('place.tabNext') : t('place.tab', { count: position });
    document.title = common('app.titled', { page });
  }, [position, t, common]);
}

/** Rings when the waiting ends by the visit's beginning. */
export function useRingAtTurn(call: Call): void {
  useEffect(
    () => () => {
      if (call.state.phase === 'in-call') ring.ring();
    },
    [call],
  );
}

/** Tells the doctor whether camera and microphone work, once that is known, and again after each loss of the connection. */
export function useTellCheck({ waiting }: Call, { local, reconnect }: CallState): void {
  const isKnown = local.fault !== null || local.stream !== null;
  const devices = local.fault === null ? 'passed' : 'failed';
  const isConnected = reconnect === null;
  useEffect(() => {
    if (isKnown && isConnected) void waiting.tellCheck(devices);
  }, [waiting, isKnown, isConnected, devices]);
}
