import { dirname } from 'node:path';
import { Table } from '../table.js';
import { readJournalFile, removeOlder, removeOrphans, valuesFolder } from './files.js';
import type { Lock } from './lock.js';
import type { Place } from './place.js';
import type { Entry } from './records.js';
import { readState, type State } from './state.js';
import { Writer } from './writer.js';

/** Reads the journal of a folder, or makes the first, and writes it anew where its end is not sure to be on the device. */
export async function openJournal(place: Place, lock: Lock): Promise<Writer> {
  const { disk, path, seal, onEvent } = place;
  const found = await readJournalFile(disk, path);
  await disk.makeFolder(valuesFolder(path));
  if (!found) {
    await disk.sync(dirname(path));
    const writer = new Writer(new Table<Entry>(), await seal?.open(), lock, place);
    await writer.rewrite(0);
    await removeOlder(disk, path, writer.name);
    return writer;
  }
  const state = await readState(found.bytes, seal);
  const writer = new Writer(state.table, state.cipher, lock, place);
  if (lock.afterFault) onEvent({ type: 'taken-over' });
  if (state.droppedBytes > 0) onEvent({ type: 'recovered', droppedBytes: state.droppedBytes });
  try {
    await goOn(writer, lock, found.name, state, place);
  } catch (error) {
    await writer.close();
    throw error;
  }
  return writer;
}

async function goOn(
  writer: Writer,
  lock: Lock,
  name: string,
  state: State,
  { disk, path, onEvent }: Place,
): Promise<void> {
  // A new file of its own: whoever was taken over from may still write to the old one.
  if (lock.afterFault || state.droppedBytes > 0) await writer.rewrite(state.seq);
  else await writer.open(name, state);
  await removeOlder(disk, path, writer.name);
  const files = await removeOrphans(disk, path, writer.valueNames());
  if (files > 0) onEvent({ type: 'swept', files });
}
