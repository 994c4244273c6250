import type { NamedBytes } from '../index.js';

/**
 * The lines of files, by the bytes where something stands: a row of the CSV is several lines where its text holds line
 * breaks, and CR and LF are never part of a character.
 */
export class Lines {
  private readonly files: ReadonlyMap<string, Uint8Array>;
  private readonly starts = new Map<string, number[]>();

  constructor(files: readonly NamedBytes[]) {
    this.files = new Map(files.map(({ path, bytes }) => [path, bytes]));
  }

  /** The line of a byte, 1 for the first; undefined where the file is not at hand. */
  of(path: string | undefined, at: number): number | undefined {
    const bytes = path === undefined ? undefined : this.files.get(path);
    if (path === undefined || !bytes) return undefined;
    const known = this.starts.get(path) ?? startsOf(bytes);
    this.starts.set(path, known);
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function startsOf(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 0x0a || (byte === 0x0d && bytes[i + 1] !== 0x0a)) starts.push(i + 1);
  }
  return starts;
}
