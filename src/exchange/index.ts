/** Joins codec and transport: transmissions out, transmissions in. */
export { transmissionName } from './names.js';
export { type ArrivedTransmission, type ReceiveOptions, receiveTransmissions } from './receive.js';
export {
  type SendFilesOptions,
  type SendTransmissionOptions,
  type SentTransmission,
  sendFiles,
  sendTransmission,
  type TransmissionResult,
} from './send.js';
export { isWholeTransmission, type TransmissionFile } from './whole.js';
