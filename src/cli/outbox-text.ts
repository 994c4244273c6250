import { formatAddress } from '../transport/index.js';
import type { OutboxEntry } from '../transport/outbox/index.js';
import { adviceText, shortId, stateText, whyText } from './account.js';
import type { Language } from './io.js';
import { tableOf } from './table.js';
import { timeText } from './time-text.js';

/** Messages as lines: the short id, since when, serial, sender and receiver, how it stands, and what a person types. */
export function listText(
  entries: readonly OutboxEntry[],
  all: readonly OutboxEntry[],
  via: string,
  showNames: boolean,
  language: Language,
): string[] {
  const ids = all.map(({ id }) => id);
  const rows = entries.map((entry) => [
    shortId(entry.id, ids),
    timeText(entry.history.at(-1)?.at ?? entry.queuedAt),
    entry.serial,
    `${formatAddress(entry.from)} -> ${formatAddress(entry.to)}`,
    stateText(entry, all, language),
  ]);
  const table = tableOf(rows);
  return entries.flatMap((entry, i) => {
    const why = whyText(entry, language);
    const advice = adviceText(entry, shortId(entry.id, ids), via, language);
    return [
      table[i] ?? '',
      ...(why === undefined ? [] : [`  ${why}`]),
      ...(advice === undefined ? [] : [advice]),
      ...(showNames ? entry.files.map(({ name }) => `  ${JSON.stringify(name)}`) : []),
    ];
  });
}
