import { describe, expect, it } from 'vitest';
import type { AnyKind } from '../../src/schema/cell.js';
import {
  address,
  day,
  fault,
  identifier,
  phone,
  postal,
  price,
  stayDays,
  time,
  units,
  version,
  weekTime,
} from './columns.js';

describe('A value is written', () => {
  it.each<[sentence: string, kind: AnyKind, value: unknown, text: unknown]>([
    ['a date without hyphens', day, '2025-04-01', '20250401'],
    ['no date that does not exist', day, '2025-02-29', fault('cell.calendar')],
    ['no date as in the file', day, '20250401', fault('cell.form')],
    ['no Date object', day, new Date(0), fault('cell.type')],
    ['a time without colon', time, '09:05', '0905'],
    ['no time as in the file', time, '0905', fault('cell.form')],
    ['9999 as it is', time, '9999', '9999'],
    ['no 9999 where there is none', weekTime, '9999', fault('cell.form')],
    ['0 units', units, 0, '0'],
    ['no -0', units, -0, fault('cell.form')],
    ['no more units than 999999', units, 1_000_000, fault('cell.length')],
    ['no half unit', units, 0.5, fault('cell.form')],
    ['no units that are a string', units, '396', fault('cell.type')],
    ['a price with two decimals', price, 10, '10.00'],
    ['a price that a fraction of two holds only nearly', price, 10.07, '10.07'],
    ['no price that is a sum gone wrong', price, 0.1 + 0.2, fault('cell.form')],
    ['no price with a third decimal, however rounded', price, 1.005, fault('cell.form')],
    ['no price of 100', price, 100, fault('cell.form')],
    ['no price that is no number', price, Number.NaN, fault('cell.form')],
    ['a number of days above the usual, with a warning', stayDays, 100, fault('cell.unusualLength', '100')],
    ['no empty text', address, '', fault('cell.emptyString')],
    ['no postal code without hyphen', postal, '0208570', fault('cell.form')],
    ['no comma in a bare cell', phone, '019,651', fault('cell.bare')],
    ['nothing in the identifier', identifier, '1', fault('cell.unused')],
    ['the csvVersion of another edition is refused', version, '202208', fault('cell.version')],
  ])('%s', (_, kind, value, text) => {
    expect(kind.write(value)).toEqual(text);
  });

  it('every price from 0.00 to 99.99 comes back as it was', () => {
    const changed: string[] = [];
    for (let sen = 0; sen <= 9999; sen++) {
      const text = `${Math.trunc(sen / 100)}.${String(sen % 100).padStart(2, '0')}`;
      const value = price.read(text);
      if (value !== sen / 100 || price.write(value) !== text) changed.push(text);
    }
    expect(changed).toEqual([]);
  });
});
