import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CodecSubpath } from '../../scripts/browser-bundle.js';
import type * as Codec from '../../src/codec/index.js';
import * as careplan from '../../src/index.js';
import type * as Schema from '../../src/schema/index.js';
import { cleanSamples, FIXTURES } from './fixtures.js';
import { DIRTY_FILES } from './samples.js';
import { SENTENCES } from './sentences.js';

/** What must hold in every realm: written once, run in each. */
export interface Check {
  readonly says: string;
  /** An expression for the realm, where `careplan` is the library; its value is the result as JSON. */
  readonly expression: string;
  readonly expected: unknown;
}

/**
 * A check of a function that runs in the realm: it knows its two arguments and what the realm has, nothing of this file.
 * What it is given and what it returns travel as JSON.
 */
function check<Library, Given, Result>(
  says: string,
  given: Given,
  run: (careplan: Library, given: Given) => Result,
  expected: NoInfer<Result>,
): Check {
  const expression = `JSON.stringify((${run})(careplan, ${JSON.stringify(given)}))`;
  return { says, expression, expected: JSON.parse(JSON.stringify(expected)) };
}

const numbers = <T extends { readonly bytes: Uint8Array }>(files: readonly T[]) =>
  files.map((file) => ({ ...file, bytes: [...file.bytes] }));

const CLEAN = numbers(cleanSamples());
const DIRTY = numbers([...DIRTY_FILES.values()]);

/** The characters of MS932 and their bytes as numbers. */
const MS932 = readFileSync(join(FIXTURES, 'ms932/valid.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t').map((hex) => Number.parseInt(hex, 16)) as [code: number, bytes: number]);

/** Two bytes of every kind, each pair in a line. */
function pairsOfBytes(): Uint8Array {
  return Uint8Array.from({ length: 3 * 65_536 }, (_, i) => {
    const pair = Math.floor(i / 3);
    return [pair >> 8, pair & 0xff, 0x0a][i % 3] as number;
  });
}

const bare = check(
  'there is neither Buffer nor process nor require',
  null,
  () => ['Buffer', 'process', 'require'].filter((name) => name in globalThis),
  [],
);

const CODEC = [
  check(
    'every clean sample is decoded, and encoded again to the same bytes',
    CLEAN,
    (careplan: typeof Codec, files) => {
      const inputs = files.map(({ path, bytes }) => ({ path, bytes: Uint8Array.from(bytes) }));
      const { transmissions, issues } = careplan.decodeFiles(inputs);
      const same = transmissions
        .flatMap((transmission) => transmission.files)
        .filter(({ kind, path, records }) => {
          const written = careplan.encodeFile(kind, records as never).bytes ?? [];
          return String(written) === String(inputs.find((input) => input.path === path)?.bytes);
        })
        .map(({ path }) => path);
      return { same: same.sort(), issues: issues.length };
    },
    {
      same: CLEAN.map(({ path }) => path)
        .filter((path) => path.endsWith('.CSV'))
        .sort(),
      issues: 0,
    },
  ),
  check(
    'the table of MS932 is the same: 7,517 characters, their bytes exactly',
    MS932,
    (careplan: typeof Codec, table) => {
      const wrong = table.filter(([code, expected]) => {
        const { bytes } = careplan.encodeMs932(String.fromCharCode(code));
        const same = [...bytes].reduce((sum, byte) => sum * 256 + byte, 0) === expected;
        return !same || careplan.decodeMs932(bytes).text !== String.fromCharCode(code);
      });
      return { wrong, count: table.length };
    },
    { wrong: [], count: 7517 },
  ),
  check(
    'two bytes of every kind are read as Node reads them',
    [...pairsOfBytes()],
    (careplan: typeof Codec, bytes) => careplan.decodeMs932(Uint8Array.from(bytes)).text.split('\n'),
    careplan.decodeMs932(pairsOfBytes()).text.split('\n'),
  ),
  check(
    'characters that cannot be sent are told of, while a person types, as Node tells of them',
    SENTENCES.map(({ sentence }) => sentence),
    (careplan: typeof Codec, sentences): unknown =>
      sentences.map((sentence) => {
        const checked = careplan.checkText(sentence);
        return { ...checked, words: checked.issues.map(careplan.describeTextIssue) };
      }),
    SENTENCES.map(({ sentence }) => {
      const checked = careplan.checkText(sentence);
      return { ...checked, words: checked.issues.map(careplan.describeTextIssue) };
    }),
  ),
  check(
    'irregular files are read, by csv-parse for browsers',
    '202407,032011,0000000001,202511\n202407,032011,0000000002,202511',
    (careplan: typeof Codec, text) => {
      const { records, issues } = careplan.decodeFile(new TextEncoder().encode(text), { kind: 'DLTPLAN' });
      return { persons: records.map((one) => one.insuredPersonNumber), codes: issues.map(({ code }) => code) };
    },
    { persons: ['0000000001', '0000000002'], codes: ['csv.lineEnd', 'csv.noFinalNewline'] },
  ),
  check(
    'a ZIP of the clean samples is the one that Node makes, and is read as they are',
    CLEAN,
    (careplan: typeof Codec, files): unknown => {
      const zip = careplan.encodeZip(files.map(({ path, bytes }) => ({ path, bytes: Uint8Array.from(bytes) })));
      const bytes = zip.bytes ?? new Uint8Array(0);
      const { transmissions, issues } = careplan.decodeFiles([{ path: 'a.zip', bytes }]);
      return { bytes: [...bytes], transmissions: transmissions.length, issues };
    },
    { bytes: [...(careplan.encodeZip(cleanSamples()).bytes ?? [])], transmissions: 21, issues: [] },
  ),
  check(
    'every damaged sample gives the records and the issues that Node gives',
    DIRTY,
    (careplan: typeof Codec, files): unknown =>
      files.map(({ name, bytes }) => careplan.decodeFile(Uint8Array.from(bytes), { name })),
    [...DIRTY_FILES.values()].map(({ name, bytes }) => careplan.decodeFile(bytes, { name })),
  ),
  check(
    'the documents of every clean sample pass through JSON and are written again, images included, byte for byte',
    CLEAN,
    (careplan: typeof Codec, files) => {
      const inputs = files.map(({ path, bytes }) => ({ path, bytes: Uint8Array.from(bytes) }));
      const written = careplan.decodeFiles(inputs).transmissions.flatMap((transmission) => {
        const documents = JSON.parse(JSON.stringify(careplan.decodeDocuments(transmission).documents));
        return (
          careplan.encodeDocuments({ ...(transmission as never as Codec.OutgoingDocuments), documents }).files ?? []
        );
      });
      return written
        .filter(({ name, bytes }) => {
          const original = inputs.find(({ path }) => path.endsWith(`/${name}`));
          return String(bytes) === String(original?.bytes);
        })
        .map(({ name }) => name)
        .sort();
    },
    CLEAN.map(({ path }) => basename(path)).sort(),
  ),
];

const DECODED = careplan
  .decodeFiles(cleanSamples())
  .transmissions.flatMap((one) => one.files)
  .map(({ kind, records }) => ({ kind, records: records as readonly unknown[] }));

const SCHEMA = [
  check(
    'the 17 layouts have their 398 columns',
    null,
    (careplan: typeof Schema) => ({
      layouts: careplan.V4_1.layouts.length,
      columns: careplan.V4_1.layouts.reduce((sum, { placed }) => sum + placed.length, 0),
    }),
    { layouts: 17, columns: 398 },
  ),
  check(
    'every record of the clean samples is taken by its schema, and refused in words where it has one name more',
    DECODED,
    (careplan: typeof Schema, files) => {
      const words = new Set<string>();
      const refused = files.flatMap(({ kind, records }) => {
        const layout = careplan.V4_1.layouts.find((one) => one.kind === kind) as careplan.Layout;
        const schema = careplan.recordSchema(layout);
        for (const record of records) {
          const { error } = schema.safeParse({ ...(record as object), more: 1 });
          for (const { message } of error?.issues ?? []) words.add(message);
        }
        return records.filter((record) => !schema.safeParse(record).success);
      });
      return { kinds: new Set(files.map(({ kind }) => kind)).size, refused, words: [...words] };
    },
    { kinds: 17, refused: [], words: ['Unrecognized key: "more"'] },
  ),
  check(
    'the JSON Schema of the documents is the one that Node makes',
    null,
    (careplan: typeof Schema) => careplan.documentsJsonSchema(),
    careplan.documentsJsonSchema(),
  ),
];

const SLIPS = careplan
  .decodeFiles(cleanSamples())
  .transmissions.flatMap((one) => careplan.decodeDocuments(one).documents.usageSlips ?? [])
  .filter((slip, i, all) => all.findIndex((one) => careplan.documentKey(one) === careplan.documentKey(slip)) === i);
const SENDER = { officeNumber: '0370100105', serviceType: '43' };

const OFFICE = [
  check(
    "an office's month is planned as Node plans it",
    { slips: SLIPS, sender: SENDER },
    (library: typeof careplan, { slips, sender }): unknown =>
      library.planTransmissions(slips, { sender, serials: library.clockSerials({ now: () => 0 }) }),
    careplan.planTransmissions(SLIPS, { sender: SENDER, serials: careplan.clockSerials({ now: () => 0 }) }),
  ),
];

/** The checks of the bundle of each subpath. */
export const CHECKS: Readonly<Record<CodecSubpath, readonly Check[]>> = {
  '.': [bare, ...SCHEMA, ...CODEC, ...OFFICE],
  './schema': [bare, ...SCHEMA],
  './codec': [bare, ...CODEC],
};
