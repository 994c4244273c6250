/** Joins codec and transport: transmissions out, transmissions in. */
export {
  type EnqueuedTransmission,
  type EnqueueTransmissionOptions,
  enqueueFiles,
  enqueueTransmission,
  type TransmissionOutbox,
} from './enqueue.js';
export { transmissionName } from './names.js';
export {
  type ArrivedTransmission,
  decodeMessage,
  type MessageFiles,
  type ReceiveOptions,
  receiveTransmissions,
} from './receive.js';
export {
  type SendFilesOptions,
  type SendTransmissionOptions,
  type SentTransmission,
  sendFiles,
  sendTransmission,
  type TransmissionResult,
} from './send.js';
export { isWholeTransmission, type TransmissionFile } from './whole.js';
