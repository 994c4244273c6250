/** Sealed end to end: manifests that are signed, files that only the receiver opens. Runs in browsers. */
export { outboundOf, sealedOf } from './carry.js';
export { type DataKey, dataKey } from './data-key.js';
export { unwrappingDecrypter, type WrappedKey } from './decrypters.js';
export type { Directory, OfficeEntry } from './directory.js';
export { endorseKey } from './endorsement.js';
export { signEntry } from './entry.js';
export { type ExpiryWarning, expiryWarnings } from './expiry.js';
export { exportKeys, importKeys } from './key-file.js';
export { encryptionKeys } from './key-validity.js';
export type {
  CertificateCheck,
  Decrypter,
  KeyFacts,
  OfficeKeys,
  PrivateJwk,
  PublicKey,
  SignatureAlgorithm,
  Signer,
  WrapAlgorithm,
} from './keys.js';
export { ENVELOPE_LIMITS, type EnvelopeLimits } from './limits.js';
export type { OpenedMessage, PlainFile, PlainMessage, PreviousMessage, SealedMessage } from './message.js';
export { generateOfficeKeys, type NewKeys, officeKeys, rotateKeys } from './office-keys.js';
export { type OpenOptions, openMessage, type SealedParts } from './open.js';
export { memoryPins, type PinStore } from './pins.js';
export {
  type ReceiptContent,
  type ReceiptExpectation,
  signReceipt,
  type VerifiedReceipt,
  verifyReceipt,
} from './receipt.js';
export { type KeyReset, type RegistrarDirectoryOptions, registrarDirectory } from './registrar-directory.js';
export { type RelayReceipt, verifyRelayReceipt } from './relay-receipt.js';
export { type SealOptions, sealMessage } from './seal.js';
export { rawSigner } from './signers.js';
export { staticDirectory } from './static-directory.js';
