import { join } from 'node:path';
import { type ArrivedTransmission, receiveTransmissions } from '../index.js';
import type { LeftFile } from '../transport/folder/index.js';
import { languageOf, tell, UsageError } from './io.js';
import { read, writeAll } from './paths.js';
import { progressOn } from './progress.js';
import { textsOf } from './texts.js';
import { interruptible, roadOf, tellTransportError } from './via.js';

interface ReceiveOptions {
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
  let left: readonly LeftFile[] = [];
  const { client, folder } = roadOf(options.via, {
    stableMs,
    takeIncomplete: options.takeIncomplete === true,
    onLeft: (files) => {
      left = files;
    },
  });
  const progress = progressOn();
  progress.label(texts.looking(join(folder, 'in'), stableMs / 1000));
  let [count, failed] = [0, false];
  try {
    const signal = interruptible();
    const onProgress = ({ bytes, total }: { bytes: number; total: number }) => progress.at(bytes, total);
    for await (const arrived of receiveTransmissions(client, { waitMs: stableMs + 100, signal, onProgress })) {
      const { message, issues } = arrived;
      const { serial, from, files } = message;
      progress.label(texts.received(serial, `${from.officeNumber}-${from.serviceType}`, files.length));
      progress.at(1, 1);
      progress.end();
      tell(issues, language);
      const clash = await store(arrived, options.out);
      if (clash === undefined) {
        await arrived.acknowledge();
        count++;
      } else {
        process.stderr.write(`${texts.exists(clash)}\n`);
        failed = true;
      }
    }
  } catch (error) {
    progress.end();
    return tellTransportError(error, language);
  } finally {
    await client.transport.close();
  }
  progress.end();
  for (const reason of new Set(left.map((file) => file.reason))) {
    const names = left.filter((file) => file.reason === reason).map(({ name }) => name);
    process.stderr.write(`${texts.left(names.length, texts.reasons[reason])}\n`);
    if (options.showNames) for (const name of names) process.stderr.write(`  ${JSON.stringify(name)}\n`);
  }
  process.stdout.write(`${texts.total(count, options.out)}\n`);
  return failed ? 1 : 0;
}

/** Writes the files of a transmission, all or none; the name of one that is there with other bytes, and nothing written. */
async function store({ message }: ArrivedTransmission, out: string): Promise<string | undefined> {
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
