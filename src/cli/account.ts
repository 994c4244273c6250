import { formatAddress, TransportError } from '../transport/index.js';
import type { OutboxEntry } from '../transport/outbox/index.js';
import { accountWordsOf } from './account-words.js';
import { OPEN } from './deliver.js';
import type { Language } from './io.js';
import { timeText } from './time-text.js';
import { sentenceOf } from './via.js';

/** The first characters of an id by which a person may name it: 8, or as many as tell it from the others. */
export function shortId(id: string, others: Iterable<string>): string {
  let length = 8;
  for (const other of others) {
    while (other !== id && length < id.length && other.startsWith(id.slice(0, length))) length++;
  }
  return id.slice(0, length);
}

/** A road as a person types it in a shell. */
export const quoted = (via: string): string =>
  /^[\w./:@%+,=-]+$/.test(via) ? via : `'${via.replaceAll("'", "'\\''")}'`;

export const isOpen = ({ state }: OutboxEntry): boolean => OPEN.includes(state);
const STOPPED: ReadonlySet<string> = new Set(['in-doubt', 'needs-person']);
const LOST: ReadonlySet<string> = new Set(['rejected', 'expired', 'recalled', 'discarded']);

const laneOf = ({ from, to }: OutboxEntry): string => `${formatAddress(from)} ${formatAddress(to)}`;

/** How a message stands, in a few words. `all` are the messages of its outbox in their order. */
export function stateText(entry: OutboxEntry, all: readonly OutboxEntry[], language: Language): string {
  const words = accountWordsOf(language);
  const { state, retryAt } = entry;
  if (state === 'waiting' && retryAt !== undefined) return words.waits(timeText(retryAt));
  if (state === 'queued') {
    const first = all.find((one) => isOpen(one) && laneOf(one) === laneOf(entry));
    if (first && first.id !== entry.id && STOPPED.has(first.state)) return `${words.states.queued} (${words.behind})`;
  }
  return words.states[state];
}

/** Why a message waits or stopped, in one line; undefined where nothing is to be said. */
export function whyText({ code, outcome }: OutboxEntry, language: Language): string | undefined {
  if (code === undefined) return undefined;
  if (code === 'deadline') return `error ${code} ${accountWordsOf(language).deadline}`;
  const error = new TransportError(code, outcome === undefined ? {} : { outcome });
  return sentenceOf(error, language);
}

/** What a person types about a message that stands: nothing for one that goes by itself. */
export function adviceText(entry: OutboxEntry, id: string, via: string, language: Language): string | undefined {
  const words = accountWordsOf(language);
  const { state, code, nextSerial } = entry;
  if (state === 'in-doubt') return words.doubt(id, quoted(via));
  if (state !== 'needs-person') return undefined;
  if (code === 'serial.conflict' || code === 'message.conflict') return words.serial(id, quoted(via), nextSerial);
  if (code === 'storage.damaged') return words.lostFiles(id, quoted(via));
  return words.decide(id, quoted(via));
}

/** Who sends to whom, and under which serial. */
export const routeText = ({ serial, from, to }: OutboxEntry): string =>
  `${serial}  ${formatAddress(from)} -> ${formatAddress(to)}`;

/** What of an outbox has not gone: a line for each, why, and what to type. Empty where all is handed over. */
export function openAccount(all: readonly OutboxEntry[], via: string, language: Language): string[] {
  const words = accountWordsOf(language);
  const open = all.filter(isOpen);
  if (open.length === 0) return [];
  const ids = all.map(({ id }) => id);
  const lines = [words.open(open.length)];
  for (const entry of open) {
    const id = shortId(entry.id, ids);
    const why = whyText(entry, language);
    if (why !== undefined) lines.push(why);
    lines.push(`${id}  ${routeText(entry)}  ${stateText(entry, all, language)}`);
    const advice = adviceText(entry, id, via, language);
    if (advice !== undefined) lines.push(advice);
  }
  if (open.some(({ state }) => state === 'waiting' || state === 'sending')) lines.push(words.sendAgain(quoted(via)));
  return lines;
}

/** What of messages that were to be sent now had gone before: a line for those that arrived, a line for each that did not. */
export function earlierAccount(
  entries: readonly OutboxEntry[],
  gone: ReadonlySet<string>,
  all: readonly OutboxEntry[],
  language: Language,
): { readonly before: string | undefined; readonly lost: readonly string[] } {
  const words = accountWordsOf(language);
  const mine = entries.filter(({ id }) => !gone.has(id));
  const lost = mine.filter(({ state }) => LOST.has(state));
  const before = mine.filter((entry) => !isOpen(entry) && !LOST.has(entry.state));
  const ids = all.map(({ id }) => id);
  const last = Math.max(...before.map(({ history, queuedAt }) => history.at(-1)?.at ?? queuedAt));
  return {
    before: before.length === 0 ? undefined : words.earlier(before.length, timeText(last)),
    lost: lost.map(
      (entry) => `${shortId(entry.id, ids)}  ${routeText(entry)}  ${words.states[entry.state]}: ${words.ended}`,
    ),
  };
}

/** All messages of an outbox, in the order in which they were queued. */
export async function entriesOf(outbox: { list(): AsyncIterable<OutboxEntry> }): Promise<OutboxEntry[]> {
  const all: OutboxEntry[] = [];
  for await (const entry of outbox.list()) all.push(entry);
  return all;
}
