import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseDevices, chosenDevices } from '../../call/local/chosen-devices.ts';
import type { DeviceOption } from '../../call/local/device-list.ts';
import { playTestTone } from '../../call/local/test-tone.ts';
import { DeviceChoice } from './device-choice.tsx';

/** Plays three tones, by the speaker that is chosen where the browser lets one choose; the call uses the same. */
export function SpeakerTest({ speakers }: { speakers: readonly DeviceOption[] }) {
  const { t } = useTranslation('check');
  const [state, setState] = useState<'ready' | 'playing' | 'played' | 'notPlayed'>('ready');
  const [speaker, setSpeaker] = useState(() => chosenDevices().speaker);
  async function play() {
    setState('playing');
    try {
      await playTestTone(speaker);
      setState('played');
    } catch {
      setState('notPlayed');
    }
  }
  return (
    <>
      <DeviceChoice
        label={t('speaker')}
        options={speakers}
        value={speaker}
        onChange={(id) => {
          chooseDevices({ speaker: id });
          setSpeaker(id);
        }}
      />
      <Button variant="default" loading={state === 'playing'} onClick={() => void play()}>
        {t(state === 'playing' ? 'playing' : 'play')}
      </Button>
      <output>{state === 'played' || state === 'notPlayed' ? t(state) : ''}</output>
    </>
  );
}
