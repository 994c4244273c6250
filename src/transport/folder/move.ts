import type { Clock } from '../clock.js';
import { codeOf } from '../disk-error.js';
import { TransportError } from '../error.js';
import { createWhole, type Disk } from './disk.js';

/** Codes of a file that a virus scanner or another program holds open for a moment. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For how long to try, in milliseconds. */
  readonly forMs: number;
}

/**
 * Renames a file, again and again while another program holds it; to another volume it is copied, then removed.
 *
 * Throws `storage.locked` (not sent) when it is still held after the time allowed, the signal's reason when that fires,
 * and every other error as it comes.
 */
export async function move(disk: Disk, from: string, to: string, { clock, signal, forMs }: Patience): Promise<void> {
  const end = clock.now() + forMs;
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 2, 1000)) {
    try {
      await disk.rename(from, to);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EXDEV') return copy(disk, from, to);
      if (!HELD.has(code)) throw error;
      if (clock.now() + waitMs > end) throw new TransportError('storage.locked', { cause: error });
    }
    await clock.sleep(waitMs, signal);
  }
}

async function copy(disk: Disk, from: string, to: string): Promise<void> {
  const { bytes } = await disk.read(from);
  await createWhole(disk, to, bytes);
  await disk.remove(from).catch(async (error: unknown) => {
    // It is not moved: else it would lie in both places, and again at every further try.
    await disk.remove(to);
    throw error;
  });
}
