import { writeZip } from '../../zip/write-zip.js';
import { TransportError } from '../error.js';

/**
 * Packs files into one ZIP; the same files give the same bytes.
 *
 * Throws a TransportError: `message.invalid` with the part whose name a ZIP cannot hold, or holds already; `too-large` for
 * more files or bytes than a ZIP can list.
 */
export function packZip(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const { bytes, refusals = [] } = writeZip(files);
  if (bytes) return bytes;
  const wrong = refusals.find((one) => 'index' in one);
  throw wrong ? new TransportError('message.invalid', { part: wrong.index + 1 }) : new TransportError('too-large');
}
