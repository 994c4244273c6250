import type { NamedBytes } from '../../codec/internal.js';
import type { TestPattern } from '../pattern.js';
import { addressText, formLines } from '../print/forms.js';
import { encodeSample } from './encode.js';
import { sampleSet } from './index.js';
import { readmeLines } from './readme.js';
import type { SampleTransmission } from './set.js';

/** A file of a sample set: its path below the folder of the set, with `/`. */
export interface SampleFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** The transmissions of a sample set with their files, numbered in the order of sending: `01`, `02` ... */
export interface NumberedSample {
  readonly number: string;
  readonly sample: SampleTransmission;
  readonly files: readonly NamedBytes[];
}

const numbered = (samples: readonly SampleTransmission[]): NumberedSample[] =>
  samples.map((sample, i) => ({
    number: String(i + 1).padStart(2, '0'),
    sample,
    files: encodeSample(sample),
  }));

/**
 * Makes the sample set of a pattern, to be imported by a vendor's software: `files/NN/` has the files of each transmission,
 * `expected/NN.json` its content as `careplan import` gives it, `expected/NN.txt` the same as the forms show it,
 * `expected/all.json` all of them, and `README.txt` tells what to look at. The same bytes each time; the persons are invented.
 */
export function makeSamples(pattern: TestPattern): SampleFile[] {
  const { transmissions, cases } = sampleSet(pattern.id);
  const samples = numbered(transmissions);
  return [
    { path: 'README.txt', content: textOf(readmeLines(pattern, samples, cases)) },
    ...samples.flatMap(({ number, files }) =>
      files.map(({ path, bytes }): SampleFile => ({ path: `files/${number}/${path}`, content: bytes })),
    ),
    ...samples.flatMap(({ number, sample }): SampleFile[] => [
      { path: `expected/${number}.json`, content: jsonOf([sample]) },
      { path: `expected/${number}.txt`, content: textOf(formOf(sample)) },
    ]),
    { path: 'expected/all.json', content: jsonOf(transmissions) },
  ];
}

/** Text files with the line ends that every editor shows. */
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

const jsonOf = (samples: readonly SampleTransmission[]): string => {
  const transmissions = samples.map(({ from, to, serial, documents }) => ({ from, to, serial, documents }));
  return `${JSON.stringify({ transmissions, issues: [] }, null, 2)}\n`;
};

const formOf = ({ from, to, serial, what, documents }: SampleTransmission): string[] => [
  `送信元 ${addressText(from)}`,
  `送信先 ${addressText(to)}`,
  `連番   ${serial}`,
  `内容   ${what.ja}`,
  ...formLines(documents),
];
