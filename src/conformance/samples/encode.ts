import { decodeFiles, encodeDocuments, encodeFile, type NamedBytes } from '../../codec/internal.js';
import type { RecordOf } from '../../schema/internal.js';
import { LONG_TERM_GOAL, NEED, SHEET2, SHORT_TERM_GOAL } from '../../schema/model/care-plan.js';
import type { SampleTransmission } from './set.js';

/** The files of a sample transmission, by their names. The samples are fixed: an issue is a mistake in them. */
export function encodeSample(sample: SampleTransmission): NamedBytes[] {
  const sent = encodeDocuments(sample, { rules: 'strict' });
  if (!sent.ok) throw new Error(sent.issues.map(({ message }) => message.en).join('\n'));
  const files = sent.files.map(({ name, bytes }): NamedBytes => ({ path: name, bytes }));
  return sample.repeatsTexts ? files.map(repeated) : files;
}

type Row = Record<string, unknown>;
const NUMBERS = [NEED.names[0], LONG_TERM_GOAL.names[0]] as readonly string[];
/** Texts of sheet 2 and the numbers within which they go on (section 7). */
const TEXTS: readonly (readonly [names: readonly string[], within: readonly string[]])[] = [
  [NEED.names, NUMBERS.slice(0, 1)],
  [LONG_TERM_GOAL.names, NUMBERS],
  [SHORT_TERM_GOAL.names, NUMBERS],
];

/** Sheet 2 with each text on every row that it is about; other files as they are. */
function repeated(file: NamedBytes): NamedBytes {
  const [decoded] = decodeFiles([file]).transmissions.flatMap(({ files }) => files);
  if (decoded?.kind !== SHEET2.layout.kind) return file;
  const rows = (decoded.records as readonly Row[]).map((record) => ({ ...record }));
  rows.forEach((row, i) => {
    const above = rows[i - 1];
    for (const [names, within] of TEXTS) {
      const key = [...SHEET2.layout.unitKey, ...within];
      if (!above || key.some((name) => above[name] !== row[name])) continue;
      if (names.some((name) => row[name] !== undefined && !within.includes(name))) continue;
      for (const name of names) if (above[name] !== undefined) row[name] = above[name];
    }
  });
  const encoded = encodeFile(decoded.kind, rows as unknown as RecordOf<typeof decoded.kind>[]);
  if (!encoded.ok) throw new Error(encoded.issues.map(({ message }) => message.en).join('\n'));
  return { path: file.path, bytes: encoded.bytes };
}
