/** Everything that a program with its own user interface needs of Housecall: the call, the desk, the device check. */
export { createOutbox, type Outbox, type OutgoingLine } from '../../../web/src/call/outbox.ts';
export type { Call, CallOptions, CallPhase, CallState, Desk, RemoteView } from '../../../web/src/call/call.ts';
export { createCall } from '../../../web/src/call/create-call.ts';
export { createDesk, type DeskOptions } from '../../../web/src/call/create-desk.ts';
export {
  checkDevices,
  type DeviceCheck,
  type DeviceFault,
  type DeviceOption,
  type DeviceState,
} from '../../../web/src/call/devices.ts';
export { type Caption, type CaptionSource, provideCaptions } from '../../../web/src/call/captions.ts';
export { CallFailed, type FailureCode } from '../../../web/src/call/failure.ts';
