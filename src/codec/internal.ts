/** What office and exchange need of codec beyond its public names. */
export * from './index.js';
export { fromBase64, toBase64 } from './model/base64.js';
export { documentsFrom } from './model/decode-documents.js';
export { Reading, type SourceImage } from './model/reading.js';
export { type Envelope, isReadable, keyOf, type Row, type SourceRow } from './model/row-table.js';
export { processSerials } from './serial.js';
export { unpack } from './zip/unpack.js';
