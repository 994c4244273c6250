import type { EntryName } from '../../zip/entry.js';
import type { ZipLimits } from '../../zip/limits.js';
import { readZip } from '../../zip/read-zip.js';
import { nameFault } from '../names.js';

/** Why a ZIP is not unpacked. */
export class ZipFault extends Error {
  constructor(readonly reason: 'zip' | 'too-large') {
    super(reason);
  }
}

/**
 * Unpacks a ZIP in memory: every file by the last part of its path, folders left out.
 *
 * Throws a ZipFault: `too-large` where it is beyond the limits; `zip` where anything of it is damaged, encrypted, split, of
 * Zip64, a link, or of another method than stored and deflated, where something was put before it, or where a path leaves
 * its folder or has a part that is no name. All that it says of itself is looked at before anything is unpacked; then
 * sizes and check sums are proved.
 */
export function unpackZip(
  bytes: Uint8Array,
  limits: Omit<Required<ZipLimits>, 'maxRatio'>,
): { readonly name: string; readonly bytes: Uint8Array }[] {
  // How small a file was packed does not matter here: what is unpacked is small enough to be kept.
  const zip = readZip(bytes, { ...limits, maxRatio: Number.POSITIVE_INFINITY });
  const faults = [...zip.findings, ...zip.entries.flatMap((entry) => zip.faultOf(entry)?.code ?? [])];
  const total = zip.entries.reduce((sum, { size }) => sum + size, 0);
  if (faults.some((code) => code !== 'tooMany' && code !== 'tooLarge')) throw new ZipFault('zip');
  if (faults.length > 0 || total > limits.maxTotalSize) throw new ZipFault('too-large');
  const files = zip.entries.map((entry) => ({ entry, path: pathOf(entry) })).filter(({ path }) => !path.endsWith('/'));
  for (const { path } of files) if (path.split('/').some((part) => nameFault(part))) throw new ZipFault('zip');
  return files.map(({ entry, path }) => {
    const content = zip.read(entry).bytes;
    if (!content) throw new ZipFault('zip');
    // A copy: what is stored would keep the whole archive in memory.
    return { name: path.slice(path.lastIndexOf('/') + 1), bytes: content.slice() };
  });
}

/**
 * A path of which only ASCII matters: other characters become `〓`, whichever they are, but none of their bytes is taken for
 * a separator. Without the mark of UTF-8 they are those of Windows in Japan, whose second bytes may be a backslash.
 */
function pathOf({ name: bytes, saysUtf8 }: EntryName): string {
  let path = '';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) path += String.fromCharCode(byte);
    else {
      path += '〓';
      if (!saysUtf8 && ((byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc))) i++;
    }
  }
  return path;
}
