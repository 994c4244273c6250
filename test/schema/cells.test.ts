import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters, Fault } from '../../src/schema/cell.js';
import { readCell } from '../../src/schema/layout.js';
import { en } from '../../src/schema/messages/en.js';
import { arbitraryText, arbitraryValue, invalidText, nearText } from '../support/arbitrary.js';
import { KINDS, nearValue, USED_KINDS, wildText, wildValue, written } from './kinds.js';

const hinted = USED_KINDS.flatMap(([name, { hint, read }]) => (hint ? [{ name, hint, read }] : []));
const refusing = KINDS.flatMap(([name, kind]) => {
  const invalid = invalidText({ kind });
  return invalid ? [{ name, kind, invalid }] : [];
});

describe.each(USED_KINDS)('A cell of kind %s', (_, kind) => {
  it('is written as it was read', () => {
    fc.assert(
      fc.property(arbitraryText(kind), (text) => {
        expect(kind.write(kind.read(text))).toBe(text);
      }),
    );
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(arbitraryValue(kind), (value) => {
        expect(kind.read(kind.write(value) as string)).toBe(value);
      }),
    );
  });

  it('is read without a fault only where the same text is written', () => {
    fc.assert(
      fc.property(fc.oneof(nearText(kind), wildText), (text) => {
        const value = text === '' ? new Fault('cell.blank') : kind.read(text);
        if (!(value instanceof Fault)) expect(kind.write(value)).toBe(text);
      }),
      { numRuns: 400 },
    );
  });

  it('is written only as a text that is read as the same value', () => {
    fc.assert(
      fc.property(nearValue(kind), (value) => {
        const text = kind.write(value);
        if (!(text instanceof Fault)) expect(kind.read(text)).toBe(value);
      }),
      { numRuns: 400 },
    );
  });

  it('is repaired only to a value that is written, and read again as the same', () => {
    const spaced = nearText(kind).map((text) => ` ${text}　`);
    fc.assert(
      fc.property(fc.oneof(nearText(kind), spaced), (text) => {
        const read = text.trim() === '' ? undefined : readCell(kind, text);
        if (!(read instanceof Fault) || read.repaired === undefined) return;
        const text2 = kind.write(read.repaired);
        const again = kind.read(written(kind, read.repaired) as string);
        // What is unusual, but not wrong, is written and read with the same warning.
        expect(again).toEqual(text2 instanceof Fault ? new Fault(text2.code, read.repaired) : read.repaired);
      }),
      { numRuns: 400 },
    );
  });

  it('is blank where it holds spaces only, unless spaces are words', () => {
    const read = kind.replaceable ? ' ' : new Fault('cell.blank', null);
    expect(readCell(kind, ' ')).toEqual(read);
  });
});

describe.each(hinted)('A cell of kind $name', ({ hint, read }) => {
  it('is clean where it fits the hint', () => {
    fc.assert(
      fc.property(fc.stringMatching(hint), (text) => {
        expect(read(text)).not.toBeInstanceOf(Fault);
      }),
    );
  });
});

describe.each(refusing)('A cell of kind $name', ({ kind, invalid }) => {
  it('is a fault without repair where its text does not fit', () => {
    fc.assert(
      fc.property(invalid, (text) => {
        expect(text).not.toMatch(/[",\r\n]|^$/);
        const fault = readCell(kind, text);
        expect(fault).toBeInstanceOf(Fault);
        expect((fault as Fault).repaired).toBeUndefined();
      }),
    );
  });
});

describe.each(KINDS)('The kind %s', (_, kind) => {
  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(wildText, wildValue, (text, value) => {
        kind.write(text);
        kind.write(value);
        kind.read(text);
        readCell(kind, text);
      }),
      { numRuns: 200 },
    );
  });
});

it('Every type of cell that the tables name occurs in the edition', () => {
  expect(new Set(KINDS.map(([, kind]) => kind.type))).toEqual(new Set(Object.keys(en.kinds)));
});

it('Only free text of any length and what has no printed form takes every text', () => {
  const open = KINDS.filter(([, kind]) => !refusing.some((other) => other.kind === kind));
  expect(open.map(([, kind]) => `${kind.type} ${kind.length}`)).toEqual(['text null', 'digits 10']);
});

it('The length of a text is its number of characters, not of their halves', () => {
  const unit = fc.constantFrom('\ud842', '\udfb7', '\udbff', '\udc00', '𠮷', '髙', 'a');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
      expect(characters(text)).toBe([...text].length);
    }),
    { numRuns: 500 },
  );
});
