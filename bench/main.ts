/**
 * Decoding and encoding of 100,000 UPPLAN records beside csv-parse, csv-stringify, papaparse and iconv-lite: one process,
 * the contenders in turn, medians of 7 runs; then a file of 100 MB as a stream.
 * Run: npm run bench [-- --json]
 */
import { decodeFile, encodeFile } from 'careplan-renkei';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { diverse, repetitive } from './corpus.js';
import { measureEnvelope } from './envelope.js';
import { measure, RUNS } from './measure.js';
import { measureStream } from './stream.js';

const ROWS = 100_000;

function corpus(make: (count: number) => ReturnType<typeof repetitive>) {
  const encoded = encodeFile('UPPLAN', make(ROWS));
  if (!encoded.ok) throw new Error(encoded.issues[0]?.message.en);
  return encoded.bytes;
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not comparable: ${what}`);
}

function decoding(bytes: Uint8Array) {
  const text = iconv.decode(Buffer.from(bytes), 'cp932');
  const { complete, records } = decodeFile(bytes, { kind: 'UPPLAN' });
  check(complete && records.length === ROWS && parse(text).length === ROWS, 'rows');
  return measure({
    'careplan-renkei decodeFile (bytes to typed, validated records)': () => decodeFile(bytes, { kind: 'UPPLAN' }),
    'csv-parse/sync (decoded text to arrays)': () => parse(text),
    'papaparse (decoded text to arrays)': () => Papa.parse(text),
    'iconv-lite decode (bytes to text)': () => iconv.decode(Buffer.from(bytes), 'cp932'),
  });
}

function encoding(bytes: Uint8Array) {
  const decoded = decodeFile(bytes, { kind: 'UPPLAN' });
  check(decoded.complete, 'records');
  const records = decoded.records as Parameters<typeof encodeFile<'UPPLAN'>>[1];
  const text = iconv.decode(Buffer.from(bytes), 'cp932');
  const rows = parse(text);
  const again = encodeFile('UPPLAN', records);
  check(again.ok && Buffer.compare(again.bytes, bytes) === 0, 'bytes');
  return measure({
    'careplan-renkei encodeFile (typed records, validated, to bytes)': () => encodeFile('UPPLAN', records),
    'csv-stringify/sync + iconv-lite (arrays to bytes)': () =>
      iconv.encode(stringify(rows, { record_delimiter: '\r\n' }), 'cp932'),
    'papaparse unparse + iconv-lite (arrays to bytes)': () => iconv.encode(Papa.unparse(rows), 'cp932'),
    'iconv-lite encode (text to bytes)': () => iconv.encode(text, 'cp932'),
  });
}

const results = [];
for (const [name, make] of Object.entries({ repetitive, diverse })) {
  const bytes = corpus(make);
  for (const [direction, run] of Object.entries({ decode: decoding, encode: encoding })) {
    const times = run(bytes);
    const [own = Number.NaN] = Object.values(times);
    results.push({
      corpus: name,
      direction,
      rows: ROWS,
      bytes: bytes.length,
      contenders: Object.entries(times).map(([contender, milliseconds]) => ({
        contender,
        milliseconds: Math.round(milliseconds),
        megabytesPerSecond: Math.round(bytes.length / 1000 / milliseconds),
        timesOurs: Number((milliseconds / own).toFixed(2)),
      })),
    });
  }
}

const envelope = await measureEnvelope();
const streams = (['decode', 'encode'] as const).map((direction) => measureStream(direction, 100));

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, runs: RUNS, results, streams, envelope }, null, 2));
} else {
  for (const { corpus, direction, bytes, contenders } of results) {
    console.log(`\n${direction}, ${corpus}: ${ROWS} UPPLAN records, ${(bytes / 1e6).toFixed(1)} MB`);
    for (const { contender, milliseconds, timesOurs } of contenders) {
      console.log(`  ${String(milliseconds).padStart(6)} ms  ${timesOurs.toFixed(2).padStart(6)}x  ${contender}`);
    }
  }
  const { bytes, wire, seal, sealJose, open, openJose } = envelope;
  console.log(`\nenvelope: ${bytes} bytes in three files, ${wire} sealed`);
  for (const [what, own, jose] of [
    ['sealMessage', seal, sealJose],
    ['openMessage', open, openJose],
  ] as const) {
    console.log(
      `  ${own.toFixed(2).padStart(6)} ms  ${what}, of which jose ${jose.toFixed(2)} ms (${Math.round((100 * jose) / own)} %)`,
    );
  }
}
