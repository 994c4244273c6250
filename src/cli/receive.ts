import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeMessage } from '../index.js';
import type { LeftFile } from '../transport/folder/index.js';
import { formatAddress, TransportError } from '../transport/index.js';
import { type ArrivedMessage, type DeliveryEvent, type Inbox, openInbox } from '../transport/outbox/index.js';
import type { HomeOptions } from './home.js';
import { languageOf, tell, UsageError } from './io.js';
import { read, writeAll } from './paths.js';
import { progressOn } from './progress.js';
import { roadOf, withRoad } from './roads.js';
import { textsOf } from './texts.js';
import { interruptible, tellTransportError, transportOf } from './via.js';

interface ReceiveOptions extends HomeOptions {
  via: string;
  out: string;
  stable?: string;
  takeIncomplete?: boolean;
  showNames?: boolean;
  lang?: string;
}

/** `careplan receive --via folder:DIR --out DIR`: takes in what has arrived. Returns the exit code. */
export async function receive(options: ReceiveOptions): Promise<number> {
  const language = languageOf(options.lang);
  const texts = textsOf(language);
  const stableMs = secondsOf(options.stable ?? '2') * 1000;
  const road = roadOf(options.via, options);
  let left: readonly LeftFile[] = [];
  const { transport, folder } = transportOf(options.via, {
    stableMs,
    takeIncomplete: options.takeIncomplete === true,
    onLeft: (files) => {
      left = files;
    },
  });
  const progress = progressOn();
  let [count, failed] = [0, false];
  const take = async (arrived: ArrivedMessage) => {
    const { message } = arrived;
    progress.label(texts.received(message.serial, formatAddress(message.from), message.files.length));
    progress.at(1, 1);
    progress.end();
    tell(decodeMessage(message).issues, language);
    const clash = await store(arrived, options.out);
    if (clash === undefined) {
      await arrived.done();
      count++;
    } else {
      process.stderr.write(`${texts.exists(clash)}\n`);
      failed = true;
    }
  };
  try {
    await withRoad(road, options, language, (store) => {
      const aside: DeliveryEvent[] = [];
      const onEvent = (event: DeliveryEvent) => {
        if (event.type === 'left' || event.type === 'refused') aside.push(event);
      };
      progress.label(texts.looking(join(folder, 'in'), stableMs / 1000));
      const inbox = openInbox({ store, transport, onEvent });
      return interruptible((signal) => takeAll(inbox, stableMs + 100, signal, take)).finally(() => {
        progress.end();
        for (const text of new Set(aside.map(({ code, reasons = [] }) => [code ?? '', ...reasons].join(' ')))) {
          process.stderr.write(`${texts.aside(text.trim())}\n`);
          failed = true;
        }
      });
    });
  } catch (error) {
    progress.end();
    return tellTransportError(error, language);
  } finally {
    await transport.close();
  }
  for (const reason of new Set(left.map((file) => file.reason))) {
    const names = left.filter((file) => file.reason === reason).map(({ name }) => name);
    process.stderr.write(`${texts.left(names.length, texts.reasons[reason])}\n`);
    if (options.showNames) for (const name of names) process.stderr.write(`  ${JSON.stringify(name)}\n`);
  }
  process.stdout.write(`${texts.total(count, options.out)}\n`);
  return failed ? 1 : 0;
}

/** For how long to try again what may go better a little later, and how soon, in milliseconds. */
const PATIENCE = 60_000;
const PAUSE = 1000;

/** Takes what has come, each once; tries again for a while where the road fails. */
async function takeAll(
  inbox: Inbox,
  waitMs: number,
  signal: AbortSignal,
  take: (arrived: ArrivedMessage) => Promise<void>,
): Promise<void> {
  const end = Date.now() + PATIENCE;
  const seen = new Set<string>();
  for (;;) {
    try {
      for await (const arrived of inbox.receive({ waitMs, signal })) {
        if (seen.has(arrived.message.id)) continue;
        seen.add(arrived.message.id);
        await take(arrived);
      }
      return;
    } catch (error) {
      const later = error instanceof TransportError && (error.retry === 'backoff' || error.retry === 'now');
      if (!later || signal.aborted || Date.now() + PAUSE > end) throw error;
      await sleep(PAUSE, undefined, { signal }).catch(() => {});
    }
  }
}

/** Writes the files of a transmission, all or none; the name of one that is there with other bytes, and nothing written. */
async function store({ message }: ArrivedMessage, out: string): Promise<string | undefined> {
  const fresh: { path: string; content: Uint8Array }[] = [];
  for (const { name, bytes } of message.files) {
    const path = join(out, name);
    const there = await read(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there === undefined) fresh.push({ path, content: bytes });
    else if (Buffer.compare(there, bytes) !== 0) return name;
  }
  await writeAll(fresh);
  return undefined;
}

function secondsOf(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text)) throw new UsageError('--stable must be a number of seconds');
  return Number(text);
}
