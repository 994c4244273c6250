/**
 * Decoding and encoding of a long file as a stream, made on the fly and never held: each in a process of its own, with
 * its peak of memory. Run: npm run bench:stream [-- --mb 1000] [-- --json]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeFileStream, encodeFile, encodeFileStream, type RecordOf } from 'careplan-renkei';
import { buildSync } from 'esbuild';
import { repetitive } from './corpus.js';

export interface StreamFigures {
  readonly direction: 'decode' | 'encode';
  readonly bytes: number;
  readonly records: number;
  readonly megabytesPerSecond: number;
  /** The most memory that the process ever had, in MB (of 10^6 bytes). */
  readonly peakMegabytes: number;
}

const person = (number: number): string => String(number % 10 ** 10).padStart(10, '0');

/** The slips of one person after another, as bytes of a file, until there are enough. */
async function* slipBytes(size: number): AsyncGenerator<Uint8Array, void, undefined> {
  const rows = repetitive(1000);
  const first = rows.filter(({ insuredPersonNumber }) => insuredPersonNumber === rows[0]?.insuredPersonNumber);
  const template = Buffer.from(encodeFile('UPPLAN', first).bytes ?? []);
  const places: number[] = [];
  for (let at = -1; ; ) {
    at = template.indexOf(person(1), at + 1, 'latin1');
    if (at < 0) break;
    places.push(at);
  }
  for (let made = 0, n = 1; made < size; made += template.length, n++) {
    const bytes = Buffer.from(template);
    for (const at of places) bytes.write(person(n), at, 'latin1');
    yield bytes;
  }
}

async function* slipRecords(count: number): AsyncGenerator<RecordOf<'UPPLAN'>, void, undefined> {
  const rows = repetitive(1000);
  const first = rows.filter(({ insuredPersonNumber }) => insuredPersonNumber === rows[0]?.insuredPersonNumber);
  for (let made = 0, n = 1; made < count; n++) {
    const insuredPersonNumber = person(n);
    for (const row of first) {
      if (made++ < count) yield { ...row, insuredPersonNumber };
    }
  }
}

async function measured(direction: StreamFigures['direction'], size: number): Promise<StreamFigures> {
  const start = performance.now();
  let bytes = 0;
  let records = 0;
  if (direction === 'decode') {
    const counted = async function* () {
      for await (const chunk of slipBytes(size)) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    for await (const block of decodeFileStream(counted(), { kind: 'UPPLAN' })) {
      if (!block.complete || block.issues.length > 0) throw new Error('not clean');
      records += block.records.length;
    }
  } else {
    records = Math.ceil(size / 150);
    for await (const block of encodeFileStream('UPPLAN', slipRecords(records))) bytes += block.length;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    direction,
    bytes,
    records,
    megabytesPerSecond: Math.round(bytes / 1e6 / seconds),
    peakMegabytes: Math.round((peakKilobytes() * 1024) / 1e6),
  };
}

/** The most memory that this process had. Linux counts that of whoever began it into maxRSS, but not into VmHWM. */
function peakKilobytes(): number {
  const { maxRSS } = process.resourceUsage();
  if (process.platform !== 'linux') return maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? maxRSS);
}

/** Runs one direction in a process of its own. */
export function measureStream(direction: StreamFigures['direction'], megabytes: number): StreamFigures {
  // As JavaScript: the process has nothing in its memory but the library.
  const outfile = fileURLToPath(new URL('../.tools/bench/stream.mjs', import.meta.url));
  const entryPoints = [fileURLToPath(new URL('stream.ts', import.meta.url))];
  buildSync({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  const args = [outfile, '--child', direction, String(megabytes)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as StreamFigures;
}

const option = (name: string): string | undefined => process.argv[process.argv.indexOf(name) + 1];

if (process.argv.includes('--child')) {
  const [direction, megabytes] = process.argv.slice(-2);
  console.log(JSON.stringify(await measured(direction as StreamFigures['direction'], Number(megabytes) * 1e6)));
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const megabytes = process.argv.includes('--mb') ? Number(option('--mb')) : 1000;
  const figures = (['decode', 'encode'] as const).map((direction) => measureStream(direction, megabytes));
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ node: process.version, streams: figures }, null, 2));
  else {
    for (const { direction, bytes, records, megabytesPerSecond, peakMegabytes } of figures) {
      const size = `${(bytes / 1e6).toFixed(0)} MB, ${records} UPPLAN records`;
      console.log(`${direction}FileStream, ${size}: ${megabytesPerSecond} MB/s, peak ${peakMegabytes} MB`);
    }
  }
}
