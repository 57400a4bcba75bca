import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, CallState } from '../../call/call.ts';
import { type ChosenDevices, chosenDevices } from '../../call/local/chosen-devices.ts';
import { type DeviceList, listDevices } from '../../call/local/device-list.ts';
import { watchDevices } from '../../call/local/user-media.ts';
import { DeviceChoice } from '../check/device-choice.tsx';
import { ToolDialog } from './tool-dialog.tsx';
import { YesNo } from './yes-no.tsx';

/** The devices that are plugged in, while they come and go. */
function useDevices(): DeviceList {
  const [list, setList] = useState<DeviceList>({ cameras: [], microphones: [], speakers: [] });
  useEffect(() => {
    let isGone = false;
    const look = () => void listDevices().then((found) => !isGone && setList(found));
    look();
    const stop = watchDevices(look);
    return () => {
      isGone = true;
      stop();
    };
  }, []);
  return list;
}

function inUse(local: CallState['local'], kind: 'audio' | 'video'): string | null {
  return (
    local.stream
      ?.getTracks()
      .find((track) => track.kind === kind)
      ?.getSettings().deviceId ?? null
  );
}

interface DeviceDialogProps {
  call: Call;
  local: CallState['local'];
  onClose: () => void;
}

/** Another camera, microphone or speaker without leaving the call, and the whole sound for what is no speech. */
export function DeviceDialog({ call, local, onClose }: DeviceDialogProps) {
  const { t } = useTranslation('tools');
  const { t: common } = useTranslation();
  const { cameras, microphones, speakers } = useDevices();
  const [chosen, setChosen] = useState(chosenDevices);
  function choose(choice: Partial<ChosenDevices>) {
    call.choose(choice);
    setChosen(chosenDevices());
  }
  return (
    <ToolDialog title={t('devices')} onClose={onClose}>
      <div className="stack">
        <DeviceChoice
          label={common('check.camera')}
          options={cameras}
          value={chosen.camera ?? inUse(local, 'video')}
          onChange={(camera) => choose({ camera })}
        />
        <DeviceChoice
          label={common('check.microphone')}
          options={microphones}
          value={chosen.microphone ?? inUse(local, 'audio')}
          onChange={(microphone) => choose({ microphone })}
        />
        <DeviceChoice
          label={t('device.speaker')}
          options={speakers}
          value={chosen.speaker}
          onChange={(speaker) => choose({ speaker })}
        />
        <YesNo
          label={t('device.whole')}
          text={t('device.wholeText')}
          isOn={chosen.sound === 'full'}
          onChange={(on) => choose({ sound: on ? 'full' : 'voice' })}
        />
      </div>
    </ToolDialog>
  );
}
