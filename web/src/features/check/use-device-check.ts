import { checkDevices, type DeviceCheck, type DeviceState } from '../../call/devices.ts';
import { useLiving, useLivingState } from '../../ui/use-living.ts';

const before: DeviceState = {
  asking: true,
  stream: null,
  hasCamera: false,
  hasMicrophone: false,
  fault: null,
  cameras: [],
  microphones: [],
  speakers: [],
  camera: null,
  microphone: null,
};
const stateOf = (check: DeviceCheck) => check.state;

/** The device check while the page is open; `check` is null for the first moment. */
export function useDeviceCheck(): { check: DeviceCheck | null; state: DeviceState } {
  const check = useLiving(checkDevices);
  return { check, state: useLivingState(check, stateOf, before) };
}
