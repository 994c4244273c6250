import type { DecodedFile, RowRange, Source, UnknownFile } from '../../src/codec/index.js';

/** Bytes in pieces, as long as the next of `sizes` says, over and over. */
export function* pieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array, void, undefined> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = at + (sizes[i % sizes.length] as number);
    yield bytes.slice(at, end);
    at = end;
  }
}

async function* later<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}

/** Every kind of source that there is. */
export const SOURCES: Readonly<Record<string, <T>(items: Iterable<T>) => Source<T>>> = {
  'a web stream': (items) => {
    const iterator = items[Symbol.iterator]();
    return new ReadableStream({
      pull(controller) {
        const next = iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    });
  },
  'an async iterable': later,
  'a sync iterable': (items) => items,
};

/** What a file is, however it was decoded. */
export interface Gathered {
  readonly [name: string]: unknown;
  readonly records: readonly unknown[];
  readonly rows: readonly RowRange[];
  readonly issues: readonly string[];
}

/** What was decoded in one piece; issues in an order of their own. */
export const whole = ({ records, rows, issues, ...others }: DecodedFile | UnknownFile): Gathered => ({
  ...others,
  records,
  rows: [...rows],
  issues: issues.map((one) => JSON.stringify(one)).sort(),
});

/** The same of what was decoded block by block. */
export async function gathered(
  blocks: AsyncIterable<DecodedFile | UnknownFile>,
): Promise<Gathered & { blocks: number }> {
  const records: unknown[] = [];
  const rows: RowRange[] = [];
  const issues: string[] = [];
  let others = {};
  let count = 0;
  for await (const block of blocks) {
    const { records: someRecords, rows: someRows, issues: someIssues, ...rest } = whole(block);
    records.push(...someRecords);
    rows.push(...someRows);
    issues.push(...someIssues);
    others = rest;
    count++;
  }
  return { ...others, records, rows, issues: issues.sort(), blocks: count };
}

/** A source that tells whether it was closed, and throws after some items where it should. */
export class Watched<T> implements AsyncIterable<T> {
  closed = 0;
  given = 0;

  constructor(
    private readonly items: readonly T[],
    private readonly failing?: Error,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<T, unknown> {
    return {
      next: async () => {
        if (this.given < this.items.length) return { done: false, value: this.items[this.given++] as T };
        if (this.failing) throw this.failing;
        return { done: true, value: undefined };
      },
      return: async () => {
        this.closed++;
        return { done: true, value: undefined };
      },
    };
  }
}
