import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formLines, makeSamples, PATTERN_IDS, widthOf } from '../../src/conformance/index.js';
import { gridOf, wrapped } from '../../src/conformance/print/text.js';
import { dateText } from '../../src/conformance/print/value.js';
import { patternNamed, setOf } from '../support/conformance/drafts.js';
import { FIXTURES } from '../support/fixtures.js';

describe('documents as the forms show them', () => {
  it.each([
    ['D1', '05'],
    ['D2', '06'],
    ['D5', '04'],
  ] as const)('are as people have looked at them: %s, %s', (id, number) => {
    const file = makeSamples(patternNamed(id)).find(({ path }) => path === `expected/${number}.txt`);
    const golden = readFileSync(join(FIXTURES, 'conformance', `${id}-${number}.txt`), 'utf8');
    expect(String(file?.content).replaceAll('\r\n', '\n')).toBe(golden.replaceAll('\r\n', '\n'));
  });

  it.each(PATTERN_IDS)(
    'have grids that are aligned in a font where full-width characters take two columns: %s',
    (id) => {
      for (const { documents } of setOf(id).transmissions) {
        let width = 0;
        for (const line of formLines(documents)) {
          if (!/^[|+]/.test(line)) width = 0;
          else if (width === 0) width = widthOf(line);
          else if (!line.startsWith('+') || widthOf(line) === width) expect(widthOf(line)).toBe(width);
          else width = widthOf(line);
        }
      }
    },
  );

  it('break long texts by their width, and keep their own line breaks', () => {
    expect(wrapped('あいうえおabc', 6)).toEqual(['あいう', 'えおab', 'c']);
    expect(wrapped('ｱｲｳｴｵ\r\n\r\n一', 4)).toEqual(['ｱｲｳｴ', 'ｵ', '', '一']);
    expect(
      gridOf(
        [
          { title: '名', width: 4 },
          { title: 'n', width: 3, right: true },
        ],
        [['あいう', '7']],
      ),
    ).toEqual(['+------+---+', '| 名   | n |', '+------+---+', '| あい | 7 |', '| う   |   |', '+------+---+']);
  });

  it('have dates by era', () => {
    expect(['2019-04-30', '2019-05-01', '1926-12-24', '1989-01-07'].map(dateText)).toEqual([
      '平成31年4月30日 (2019-04-30)',
      '令和元年5月1日 (2019-05-01)',
      '大正15年12月24日 (1926-12-24)',
      '昭和64年1月7日 (1989-01-07)',
    ]);
  });
});
