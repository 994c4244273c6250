import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cellCodec, Fault } from '../../src/schema/cell.js';
import { arbitraryText, arbitraryValue, nearText } from '../support/arbitrary.js';
import { KINDS, nearValue, USED_KINDS, wildText, written } from './kinds.js';

const outcome = (value: unknown): unknown => (value instanceof Fault ? 'refused' : { value });
const zodOutcome = (result: z.ZodSafeParseResult<unknown>): unknown =>
  result.success ? { value: result.data } : 'refused';

describe.each(KINDS)('The zod codec of %s', (_, kind) => {
  const codec = cellCodec(kind);

  it('decodes exactly the texts that are read without a fault, to the same value', () => {
    fc.assert(
      fc.property(fc.oneof(nearText(kind), wildText), (text) => {
        const read = text === '' ? new Fault('cell.required') : kind.read(text);
        expect(zodOutcome(z.safeDecode(codec, text))).toEqual(outcome(read));
      }),
      { numRuns: 300 },
    );
  });

  it('encodes exactly the values that are written without a fault, to the same text', () => {
    fc.assert(
      fc.property(nearValue(kind), (value) => {
        expect(zodOutcome(z.safeEncode(codec, value as never))).toEqual(outcome(kind.write(value)));
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(USED_KINDS)('The zod codec of %s', (_, kind) => {
  it('goes both ways for clean cells', () => {
    const codec = cellCodec(kind);
    fc.assert(
      fc.property(arbitraryText(kind), (text) => {
        expect(z.encode(codec, z.decode(codec, text))).toBe(text);
      }),
    );
  });
});

describe.each(KINDS)('The zod schema of a value of %s', (_, kind) => {
  it('takes exactly the values that can be written, with or without a warning', () => {
    const schema = kind.value();
    fc.assert(
      fc.property(nearValue(kind), (value) => {
        const taken = schema.safeParse(value);
        expect(taken.success).toBe(written(kind, value) !== undefined);
        if (taken.success) expect(taken.data).toBe(value);
      }),
      { numRuns: 400 },
    );
  });
});

describe.each(USED_KINDS)('The zod schema of a value of %s', (_, kind) => {
  it('takes every value that is read', () => {
    const schema = kind.value();
    fc.assert(
      fc.property(arbitraryValue(kind), (value) => {
        expect(schema.parse(value)).toBe(value);
      }),
    );
  });

  it('can be told to others as JSON Schema', () => {
    expect(z.toJSONSchema(kind.value())).toBeTypeOf('object');
  });
});
