import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { progressOn, withProgress } from '../../src/cli/progress.js';

/** A stream that is a terminal, or is none, and all that is written to it. */
function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
  const text = () => String(stream.read() ?? '');
  return { stream: stream as unknown as NodeJS.WriteStream, text };
}

describe('progress', () => {
  const written = (isTTY: boolean): string => {
    const { stream, text } = terminal(isTTY);
    const progress = progressOn(stream);
    progress.label('first');
    for (const bytes of [0, 50, 100]) progress.at(bytes, 100);
    progress.label('second');
    progress.at(0, 0);
    progress.end();
    return text();
  };

  it('on a terminal is a bar for each label that fills up', () => {
    const text = written(true);
    expect(text).toMatch(/\[=+\] first/);
    expect(text).toMatch(/\[=+\] second\n$|\[=+\] second[^\n]*\n/);
    expect(text.indexOf('second')).toBeGreaterThan(text.indexOf('first'));
  });

  it('elsewhere is one plain line for each label', () => {
    expect(written(false)).toBe('first\nsecond\n');
  });
});

describe('a bar for a list', () => {
  /** What is written while a list is passed on, each of whose entries takes so many milliseconds by the clock. */
  function drawn(isTTY: boolean, milliseconds: number): { text: string; passed: number[] } {
    const { stream, text } = terminal(isTTY);
    const passed: number[] = [];
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      for (const one of withProgress([1, 2, 3, 4, 5, 6], stream)) {
        passed.push(one);
        vi.setSystemTime(Date.now() + milliseconds);
      }
    } finally {
      vi.useRealTimers();
    }
    return { text: text(), passed };
  }

  it('is drawn on a terminal where it takes long, though nothing yields to a timer', () => {
    const { text, passed } = drawn(true, 150);
    expect(passed).toEqual([1, 2, 3, 4, 5, 6]);
    expect(text).toMatch(/\[=+-+\] [45]\/6/);
  });

  it('is drawn neither where it is quick nor elsewhere than on a terminal', () => {
    expect(drawn(true, 1).text).toBe('');
    expect(drawn(false, 150).text).toBe('');
  });
});
