/** Sealed end to end: manifests that are signed, files that only the receiver opens. Runs in browsers. */
export { type DataKey, dataKey } from './data-key.js';
export type { Directory, OfficeEntry } from './directory.js';
export type { Decrypter, OfficeKeys, PublicKey, SignatureAlgorithm, Signer, WrapAlgorithm } from './keys.js';
export type { OpenedMessage, PlainFile, PlainMessage, PreviousMessage, SealedMessage } from './message.js';
