/** What the device check found, and what follows from it. Pure. */
import type { DeviceState } from '../../call/devices.ts';

export type Verdict =
  | { kind: 'asking' }
  | { kind: 'ready' }
  /** One of the two works; they can go on with it. */
  | { kind: 'sound-only' | 'picture-only' }
  | { kind: 'nothing'; fault: NonNullable<DeviceState['fault']> };

type Found = Pick<DeviceState, 'asking' | 'hasCamera' | 'hasMicrophone' | 'fault'>;

export function verdictOf({ asking, hasCamera, hasMicrophone, fault }: Found): Verdict {
  if (asking) return { kind: 'asking' };
  if (hasCamera && hasMicrophone) return { kind: 'ready' };
  if (hasMicrophone) return { kind: 'sound-only' };
  if (hasCamera) return { kind: 'picture-only' };
  return { kind: 'nothing', fault: fault ?? 'not-found' };
}
