import type { Clock } from '../../clock.js';
import type { JournalDisk } from './disk.js';
import type { JournalEvent } from './events.js';
import type { JournalSeal } from './seal.js';

/** Where a journal lies, and what is needed to work on it. */
export interface Place {
  readonly path: string;
  readonly disk: JournalDisk;
  readonly clock: Clock;
  readonly seal: JournalSeal | undefined;
  readonly onEvent: (event: JournalEvent) => void;
}
