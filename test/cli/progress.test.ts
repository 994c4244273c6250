import { describe, expect, it } from 'vitest';
import { progressOn } from '../../src/cli/progress.js';

/** All that is written to a stream that is a terminal, or is none. */
function written(isTTY: boolean): string {
  let text = '';
  const stream = {
    isTTY,
    write(chunk: string) {
      text += chunk;
    },
  };
  const progress = progressOn(stream as unknown as NodeJS.WriteStream);
  progress.label('first');
  for (const bytes of [0, 50, 100]) progress.at(bytes, 100);
  progress.label('second');
  progress.at(0, 0);
  progress.end();
  return text;
}

describe('progress', () => {
  it('on a terminal is one line for each label that fills up, written over', () => {
    const lines = written(true).split('\n');
    expect(lines).toHaveLength(3);
    const states = (lines[0] ?? '').split('\r\u001b[K').slice(1);
    expect(states.map((state) => state.split('#').length - 1)).toEqual([0, 0, 12, 24]);
    expect(states.every((state) => state.endsWith(' first'))).toBe(true);
    expect(lines[2]).toBe('');
  });

  it('elsewhere is one plain line for each label', () => {
    expect(written(false)).toBe('first\nsecond\n');
  });
});
