import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Address,
  decodeFiles,
  encodeFile,
  encodeTransmission,
  type FileKind,
  formatFileName,
  type NamedBytes,
} from 'careplan-renkei';

type Row = Record<string, unknown> & { readonly insuredPersonNumber: string };

/** The rows of a sample transmission by kind, each person's by themselves. */
function rowsOf(folder: string, part: string) {
  const path = fileURLToPath(new URL(`../test/fixtures/samples/${folder}/`, import.meta.url));
  const names = readdirSync(path).filter((name) => name.includes(part));
  const [transmission] = decodeFiles(
    names.map((name) => ({ path: name, bytes: readFileSync(path + name) })),
  ).transmissions;
  if (!transmission) throw new Error(`no sample in ${folder}`);
  const files = transmission.files.map(({ kind, records }) => ({ kind, rows: records as unknown as Row[] }));
  const persons = [...new Set(files.flatMap(({ rows }) => rows.map(({ insuredPersonNumber }) => insuredPersonNumber)))];
  return { from: transmission.from as Address, to: transmission.to as Address, files, persons };
}

const SLIPS = rowsOf('slip', '_0370200210_11_');
const ACTUALS = rowsOf('actuals', '_0370200210_11_');

const digits = (value: number, length: number): string => String(value).padStart(length, '0');
/** Another serial for each number: seconds of a month. */
const serialOf = (n: number): string => {
  const at = new Date(Date.UTC(2025, 10, 26) + n * 1000);
  return at.toISOString().replaceAll(/[-:T]|\..*/g, '');
};

const WIDE = '０１２３４５６７８９';
/** The row of another person: number and, where it has one, name. */
const ofPerson = (row: Row, number: number): Row => ({
  ...row,
  insuredPersonNumber: digits(number, 10),
  ...('name' in row ? { name: `見本　${[...digits(number, 8)].map((digit) => WIDE[Number(digit)]).join('')}` } : {}),
});

/** The transmission of slips with a number: so many persons, with their statements and supplements. */
export function slipsOf(n: number, persons: number): { files: NamedBytes[]; rows: number } {
  const { from, to, files } = SLIPS;
  const made: Partial<Record<FileKind, Row[]>> = {};
  for (const { kind, rows } of files) {
    made[kind] = Array.from({ length: persons }, (_, i) => {
      const template = SLIPS.persons[i % SLIPS.persons.length];
      return rows
        .filter(({ insuredPersonNumber }) => insuredPersonNumber === template)
        .map((row) => ofPerson(row, n * persons + i + 1));
    }).flat();
  }
  const sent = encodeTransmission({ from, to, month: '2025-11', files: made as object }, { serial: serialOf(n) });
  if (!sent.ok) throw new Error(sent.issues[0]?.message.en);
  return { files: sent.files.map(({ name, bytes }) => ({ path: name, bytes })), rows: made.UPPLAN?.length ?? 0 };
}

/** The file of actuals with a number: so many rows, of persons that no other has. */
export function actualsOf(n: number, count: number): NamedBytes {
  const { from, to, files, persons } = ACTUALS;
  const [{ kind, rows }] = files as [(typeof files)[0]];
  const made = rows
    .slice(0, count)
    .map((row) => ofPerson(row, n * persons.length + persons.indexOf(row.insuredPersonNumber) + 1));
  const path = formatFileName({ kind, from, to, serial: serialOf(n), month: '2025-11' });
  const encoded = encodeFile(kind, made as never[], { name: path });
  if (!encoded.ok) throw new Error(encoded.issues[0]?.message.en);
  return { path, bytes: encoded.bytes };
}
