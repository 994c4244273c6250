import { CompactEncrypt, compactDecrypt } from 'jose';
import { TransportError } from '../error.js';
import { bytesIn, encodeJson, isBase64url } from './text.js';

const STORED = { alg: 'dir', enc: 'A256GCM' } as const;
const DEFLATED = { ...STORED, zip: 'DEF' } as const;
/** Below this, DEFLATE saves nothing. */
const WORTHWHILE = 100;

/** What `compactDecrypt` may do. */
const ONLY = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };

/**
 * Seals a file with a key of its own.
 *
 * Text is compressed: a file stands alone in it, with no key and no secret of another beside it, and is sealed once, for a retry sends
 * the same bytes. Who may put words into a file so learns nothing by its length that its length without it would not tell. The
 * manifest, which holds keys, is never compressed.
 */
export function sealFile(bytes: Uint8Array, mediaType: string, key: Uint8Array): Promise<string> {
  const deflate = /^text\//.test(mediaType) && bytes.length >= WORTHWHILE && typeof CompressionStream === 'function';
  return new CompactEncrypt(bytes).setProtectedHeader(deflate ? DEFLATED : STORED).encrypt(key);
}

/**
 * Opens a file of exactly so many bytes.
 *
 * Throws a TransportError: `decrypt`; `too-large` where it would become larger, as soon as it does; `manifest.mismatch` where it is
 * smaller; `unsupported` where the platform has no DEFLATE.
 */
export async function openFile(jwe: string, size: number, key: Uint8Array): Promise<Uint8Array> {
  const segments = jwe.split('.', 6);
  const [header, wrapped, iv, ciphertext, tag] = segments;
  const zip = header === encodeJson(DEFLATED);
  if (segments.length !== 5 || !(zip || header === encodeJson(STORED)) || wrapped !== '')
    throw new TransportError('decrypt');
  if (!segments.every(isBase64url) || iv?.length !== 16 || tag?.length !== 22) throw new TransportError('decrypt');
  if (zip && typeof DecompressionStream !== 'function') throw new TransportError('unsupported');
  if (!zip && bytesIn(ciphertext ?? '') !== size) throw new TransportError('manifest.mismatch');
  const { plaintext } = await compactDecrypt(jwe, key, { ...ONLY, maxDecompressedLength: Math.max(size, 1) }).catch(
    (cause) => {
      throw new TransportError(isTooLong(cause) ? 'too-large' : 'decrypt', { cause });
    },
  );
  if (plaintext.length !== size) throw new TransportError('manifest.mismatch');
  return plaintext;
}

/** The form of the JWE was proved before: what jose still calls invalid is content, too long or (with a cause) no DEFLATE. */
const isTooLong = (error: { code?: unknown; cause?: unknown }): boolean =>
  error.code === 'ERR_JWE_INVALID' && error.cause === undefined;
