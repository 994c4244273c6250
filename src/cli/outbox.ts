import { TransportError } from '../transport/index.js';
import { journalSeal, type OutboxEntry, repairJournal } from '../transport/outbox/index.js';
import { entriesOf, isOpen, quoted, shortId, stateText } from './account.js';
import type { HomeOptions } from './home.js';
import { Failure, type Language, languageOf, UsageError } from './io.js';
import { readKeys } from './key-file.js';
import { keysWordsOf } from './keys-words.js';
import { listText } from './outbox-text.js';
import { outboxWordsOf } from './outbox-words.js';
import { isFolder, writeAll } from './paths.js';
import { proofText } from './proof-text.js';
import { compactRoads, PATIENCE, peek, type Road, roadsAsked, told } from './roads.js';
import { roadsWordsOf } from './roads-words.js';
import { handOver, onOutbox } from './send.js';
import { interruptible } from './via.js';

interface OutboxOptions extends HomeOptions {
  via?: string;
  lang?: string;
}

/** `careplan outbox list`: what waits, and with `--all` what has gone. Returns the exit code. */
export async function list(
  options: OutboxOptions & { all?: boolean; json?: boolean; showNames?: boolean },
): Promise<number> {
  const language = languageOf(options.lang);
  const words = outboxWordsOf(language);
  const roads: { road: Road; all: readonly OutboxEntry[] }[] = [];
  for (const road of await roadsAsked(options)) {
    const outbox = await peek(road, options, language);
    if (outbox) roads.push({ road, all: await entriesOf(outbox) });
  }
  const shown = (entry: OutboxEntry) => options.all === true || isOpen(entry);
  if (options.json) {
    const messages = roads.flatMap(({ road, all }) =>
      all.filter(shown).map(({ files, ...entry }) => ({
        via: road.via,
        ...entry,
        files: files.map(({ name, ...file }) => (options.showNames ? { name, ...file } : file)),
      })),
    );
    process.stdout.write(`${JSON.stringify({ messages }, null, 2)}\n`);
    return 0;
  }
  const lines = roads.flatMap(({ road, all }) => {
    const listed = all.filter(shown);
    if (listed.length === 0) return [];
    return [words.road(road.via), ...listText(listed, all, road.via, options.showNames === true, language)];
  });
  if (lines.length === 0) lines.push(roads.length === 0 ? words.nothingKept : words.nothing(options.all === true));
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** The one message that a person names by the beginning of its id. Throws a Failure where there is none, or several. */
async function find(
  id: string,
  options: OutboxOptions,
  language: Language,
): Promise<{ readonly road: Road; readonly entry: OutboxEntry; readonly short: string }> {
  const words = outboxWordsOf(language);
  if (!/^[0-9a-f-]{8,36}$/i.test(id)) throw new UsageError(words.idForm);
  const found: { road: Road; entry: OutboxEntry; short: string }[] = [];
  for (const road of await roadsAsked(options)) {
    const all = await peek(road, options, language).then((outbox) => (outbox ? entriesOf(outbox) : []));
    const ids = all.map((entry) => entry.id);
    for (const entry of all) {
      if (entry.id.startsWith(id.toLowerCase())) found.push({ road, entry, short: shortId(entry.id, ids) });
    }
  }
  const [only, ...others] = found;
  if (!only) throw new Failure(words.unknown(id));
  if (others.length > 0) throw new Failure(words.ambiguous(id));
  return only;
}

type Found = Awaited<ReturnType<typeof find>>;

/** `careplan outbox retry|discard|confirm ID...`: a person's decision. Returns the exit code. */
export async function decide(
  decision: 'retry' | 'discard' | 'confirm',
  ids: readonly string[],
  options: OutboxOptions & { zip?: boolean },
): Promise<number> {
  const language = languageOf(options.lang);
  const words = outboxWordsOf(language);
  const byRoad = new Map<string, Found[]>();
  for (const id of ids) {
    const found = await find(id, options, language);
    byRoad.set(found.road.via, [...(byRoad.get(found.road.via) ?? []), found]);
  }
  let code = 0;
  for (const found of byRoad.values()) {
    const { road } = found[0] as Found;
    const one = await onOutbox(road, options, language, async (delivery) => {
      const { outbox } = delivery;
      for (const { entry, short } of found) {
        await outbox[decision](entry.id).catch(async (error: unknown) => {
          if (!(error instanceof TransportError)) throw error;
          if (error.code === 'storage.locked') throw new Failure(words.running(short));
          if (error.code !== 'config') throw error;
          const all = await entriesOf(outbox);
          const now = all.find(({ id }) => id === entry.id) ?? entry;
          throw new Failure(words.noDecision(short, stateText(now, all, language)));
        });
        process.stdout.write(`${words.decided[decision](short)}\n`);
      }
      if (decision === 'retry') return handOver(delivery, road, road.via, language);
      if ((await entriesOf(outbox)).some(isOpen)) process.stdout.write(`${words.behind(quoted(road.via))}\n`);
      return 0;
    });
    code = Math.max(code, one);
  }
  return code;
}

/** `careplan outbox export-proof ID`: what proves that a message was sent. Returns the exit code. */
export async function exportProof(
  id: string,
  options: OutboxOptions & { out?: string; text?: boolean; showNames?: boolean },
): Promise<number> {
  const language = languageOf(options.lang);
  const { road, entry } = await find(id, options, language);
  const proof = await (await peek(road, options, language))?.proof(entry.id);
  if (!proof) throw new Failure(outboxWordsOf(language).unknown(id));
  const content = options.text
    ? proofText(proof, options.showNames === true, language)
    : `${JSON.stringify(proof, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(content);
  else await writeAll([{ path: options.out, content }]);
  return 0;
}

/** `careplan outbox refresh`: asks what became of what has gone. Returns the exit code. */
export async function refresh(options: OutboxOptions): Promise<number> {
  const language = languageOf(options.lang);
  let code = 0;
  let [asked, news] = [0, 0];
  for (const road of await roadsAsked(options)) {
    if (!(await isFolder(road.journal))) continue;
    const one = await onOutbox(road, options, language, async ({ outbox }) => {
      for await (const _ of outbox.list(['handed-off', 'accepted', 'delivered'])) asked++;
      const changed = await interruptible((signal) => outbox.refresh({ signal }));
      news += changed.length;
      const all = await entriesOf(outbox);
      for (const line of listText(changed, all, road.via, false, language)) process.stdout.write(`${line}\n`);
      return 0;
    });
    code = Math.max(code, one);
  }
  process.stdout.write(`${outboxWordsOf(language).refreshed(asked, news)}\n`);
  return code;
}

/** `careplan outbox repair`: takes what is whole of damaged journals. Returns the exit code: 1 where something is lost. */
export async function repair(options: OutboxOptions): Promise<number> {
  const language = languageOf(options.lang);
  const words = outboxWordsOf(language);
  let code = 0;
  const roads = (await roadsAsked(options)).map(async (road) => ({ road, kept: await isFolder(road.journal) }));
  const kept = (await Promise.all(roads)).filter((one) => one.kept);
  if (kept.length === 0) process.stdout.write(`${words.nothingKept}\n`);
  for (const { road } of kept) {
    const seal = journalSeal(await readKeys(options, language));
    const { damagedAt, aside, transactions, lostBytes, lostRecords, damagedKeys } = await told(
      road,
      options,
      language,
      () =>
        repairJournal({ path: road.journal, seal, lock: { waitMs: PATIENCE } }).catch((error: unknown) => {
          const code = error instanceof TransportError ? error.code : undefined;
          if (code === 'storage.damaged') throw new Failure(words.noCopy(road.via, road.folder));
          if (code === 'storage.locked') {
            throw new Failure(roadsWordsOf(language).locked(road.via, PATIENCE / 1000));
          }
          throw error;
        }),
    );
    if (damagedAt !== undefined || damagedKeys.length > 0) code = 1;
    const lost = { bytes: lostBytes, records: lostRecords, kept: transactions, aside: aside ?? '' };
    const lines = [
      ...(damagedAt === undefined && damagedKeys.length === 0 ? [words.sound(road.via, transactions)] : []),
      ...(damagedAt === undefined ? [] : [words.repaired(road.via, lost)]),
      ...(damagedKeys.length === 0 ? [] : [words.lostKeys(damagedKeys.length)]),
      ...(damagedAt === undefined ? [] : [words.afterRepair]),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return code;
}

/** `careplan outbox compact`: writes the journals anew, wrapped for the keys of today. Returns the exit code. */
export async function compact(options: OutboxOptions): Promise<number> {
  const language = languageOf(options.lang);
  const { done, failed } = await compactRoads(await readKeys(options, language), options);
  process.stdout.write(`${outboxWordsOf(language).compacted(done)}\n`);
  for (const { via, error } of failed) {
    process.stderr.write(`${keysWordsOf(language).notCompacted(quoted(via), error.sentences[language])}\n`);
  }
  return failed.length === 0 ? 0 : 1;
}
