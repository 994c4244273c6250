import { join } from 'node:path';
import { enqueueFiles, type NamedBytes } from '../index.js';
import { TransportError } from '../transport/index.js';
import type { NewMessage, Outbox, OutboxEntry } from '../transport/outbox/index.js';
import { earlierAccount, entriesOf, openAccount } from './account.js';
import { type Delivery, deliveryOf } from './deliver.js';
import type { HomeOptions } from './home.js';
import { type Language, languageOf, tell } from './io.js';
import { collect } from './paths.js';
import { progressOn } from './progress.js';
import { type Road, roadOf, withRoad } from './roads.js';
import { textsOf } from './texts.js';
import { interruptible, tellTransportError, transportOf } from './via.js';

interface SendOptions extends HomeOptions {
  via: string;
  zip?: boolean;
  incomplete?: boolean;
  lang?: string;
}

/** `careplan send [PATH...] --via folder:DIR`: hands files over, and what waits from earlier. Returns the exit code. */
export async function send(paths: string[], options: SendOptions): Promise<number> {
  const language = languageOf(options.lang);
  const road = roadOf(options.via, options);
  const inputs = await collect(paths);
  return onOutbox(road, options, language, async (delivery) => {
    const queued = await queue(delivery.outbox, inputs, options, language);
    return queued ? handOver(delivery, road, options.via, language, queued) : 1;
  });
}

/** Opens the outbox of a road for work; tells of what fails. Returns the exit code. */
export async function onOutbox(
  road: Road,
  options: HomeOptions & { zip?: boolean },
  language: Language,
  work: (delivery: Delivery) => Promise<number>,
): Promise<number> {
  const { transport } = transportOf(road.via, options.zip ? { zip: true } : {});
  const progress = progressOn();
  try {
    return await withRoad(road, options, language, (store) =>
      work(deliveryOf(store, transport, progress, textsOf(language).sending)),
    );
  } catch (error) {
    progress.end();
    return tellTransportError(error, language);
  } finally {
    await transport.close();
  }
}

interface Queued {
  readonly entries: readonly OutboxEntry[];
  /** Of the first that the outbox does not take: those behind it were not given to it. */
  readonly refusal?: TransportError;
}

/** Puts the files into the outbox and tells of their issues; undefined where one has an error, and none is there. */
async function queue(
  outbox: Outbox,
  inputs: readonly NamedBytes[],
  { incomplete }: SendOptions,
  language: Language,
): Promise<Queued | undefined> {
  const entries: OutboxEntry[] = [];
  const filling = {
    nextSerial: outbox.nextSerial,
    async enqueue(message: NewMessage): Promise<void> {
      entries.push(await outbox.enqueue(message));
    },
  };
  try {
    const { ok, issues } = await enqueueFiles(filling, inputs, { allowIncomplete: incomplete === true });
    tell(issues, language);
    if (issues.some(({ code, severity }) => severity === 'error' && code === 'transmission.incomplete')) {
      process.stderr.write(`${textsOf(language).incomplete}\n`);
    }
    return ok ? { entries } : undefined;
  } catch (error) {
    if (!(error instanceof TransportError && error.outcome === 'rejected')) throw error;
    return { entries, refusal: error };
  }
}

/** Sends what can be sent, and says where everything is. Returns the exit code: 0 where all is handed over. */
export async function handOver(
  { outbox, deliver }: Delivery,
  { via }: Road,
  asked: string,
  language: Language,
  { entries, refusal }: Queued = { entries: [] },
): Promise<number> {
  const texts = textsOf(language);
  const gone = await interruptible(deliver);
  const all = await entriesOf(outbox);
  const now = new Map(all.map((entry) => [entry.id, entry]));
  const mine = entries.flatMap(({ id }) => now.get(id) ?? []);
  const { before, lost } = earlierAccount(mine, gone, all, language);
  const open = openAccount(all, via, language);
  const said = [
    ...(gone.size > 0 ? [texts.handedOff(gone.size, join(transportOf(asked).folder, 'out'))] : []),
    ...(before === undefined ? [] : [before]),
  ];
  const isIdle = said.length + lost.length + open.length === 0 && !refusal;
  for (const line of isIdle ? [texts.nothingToSend] : said) process.stdout.write(`${line}\n`);
  for (const line of [...lost, ...open]) process.stderr.write(`${line}\n`);
  if (refusal) {
    tellTransportError(refusal, language);
    process.stderr.write(`${texts.notTaken}\n`);
  }
  return lost.length + open.length === 0 && !refusal ? 0 : 1;
}
