import {
  type FileKind,
  hasError,
  type Issue,
  IssueError,
  type RecordOf,
  type WrittenEdition,
} from '../schema/internal.js';
import {
  type DecodedFile,
  type DecodedFileOf,
  type DecodeFileOptions,
  nameIssues,
  openFile,
  type UnknownFile,
} from './decode-file.js';
import { type EncodeFileOptions, writtenLayout } from './encode-file.js';
import { DETECTED } from './file-decoder.js';
import { RowWriter } from './row-writer.js';

/** Bytes or records as they come: a web stream, or anything to iterate over, a stream of Node among it. */
export type Source<T> = ReadableStream<T> | AsyncIterable<T> | Iterable<T>;

/** How many bytes are decoded at once, or encoded. */
const BLOCK = 1 << 17;

/**
 * Decodes one CSV file as its bytes come, block by block: each block holds the records since the last, their rows and
 * their issues, as `decodeFile` gives them for the whole file. There is at least one block.
 *
 * The memory that it takes does not grow with the file. Nothing is thrown for bad data; what the source throws is passed
 * on. `edition` and `complete` are those of the file so far. A row is at most 1 MiB long, and the charset is told from the
 * first MiB, as in `decodeFile`. Sections 2 to 4 of the standard.
 */
export function decodeFileStream<K extends FileKind>(
  source: Source<Uint8Array>,
  options: DecodeFileOptions & { readonly kind: K },
): AsyncGenerator<DecodedFileOf<K>, void, undefined>;
export function decodeFileStream(
  source: Source<Uint8Array>,
  options: DecodeFileOptions,
): AsyncGenerator<DecodedFile | UnknownFile, void, undefined>;
export function decodeFileStream(
  source: Source<Uint8Array>,
  options: DecodeFileOptions,
): AsyncGenerator<DecodedFile | UnknownFile, void, undefined> {
  return decodeBlocks(source, options, { detected: DETECTED, block: BLOCK });
}

/** The same with blocks of other sizes, and the charset told from other than the first MiB. */
export async function* decodeBlocks(
  source: Source<Uint8Array>,
  options: DecodeFileOptions,
  sizes: { readonly detected: number; readonly block: number },
): AsyncGenerator<DecodedFile | UnknownFile, void, undefined> {
  const pending = new Pending();
  const chunks = new Items(source);
  const fill = async (length: number): Promise<void> => {
    while (!chunks.ended && pending.length < length) {
      const next = await chunks.next();
      if (!next.done) pending.add(next.value);
    }
  };
  try {
    await fill(sizes.detected);
    const file = openFile(options, pending.bytes(), chunks.ended ? pending.length : undefined);
    if ('unknown' in file) {
      yield chunks.ended ? file.unknown : await unknownFile(options, pending.bytes(), chunks);
      return;
    }
    const { decoder, base, issues: early } = file;
    let first = true;
    let named = false;
    for (let wanted = sizes.block; ; ) {
      await fill(wanted);
      const { ended } = chunks;
      const used = decoder.feed(pending.bytes(), pending.start, ended);
      wanted = sizes.block + (used === 0 ? pending.length : 0);
      pending.drop(used);
      const { records, rows, issues } = decoder.take(ended);
      if (records.length === 0 && issues.length === 0 && !ended) continue;
      const { edition, charset, complete } = decoder;
      const all: Issue[] = first ? [...early] : [];
      if (edition && !named) all.push(...nameIssues(base.name, edition, { ...file.place, ...decoder.firstPlace }));
      named ||= edition !== undefined;
      for (const one of issues) all.push(one);
      first = false;
      yield { ...base, edition, charset, complete, records, rows, issues: all } as unknown as DecodedFile;
      if (ended) return;
    }
  } finally {
    await chunks.close();
  }
}

/** A file of which nothing can be read: its issue tells how long it is. */
async function unknownFile(
  options: DecodeFileOptions,
  beginning: Uint8Array,
  rest: Items<Uint8Array>,
): Promise<UnknownFile> {
  let size = beginning.length;
  for (let next = await rest.next(); !next.done; next = await rest.next()) size += next.value.length;
  return (openFile(options, beginning, size) as { unknown: UnknownFile }).unknown;
}

/** Bytes that were not used up yet, and where they begin in the file. */
class Pending {
  length = 0;
  start = 0;
  private buffer = new Uint8Array(2 * DETECTED);

  add(chunk: Uint8Array): void {
    if (this.length + chunk.length > this.buffer.length) {
      const longer = new Uint8Array(Math.max(2 * this.buffer.length, this.length + chunk.length));
      longer.set(this.bytes());
      this.buffer = longer;
    }
    this.buffer.set(chunk, this.length);
    this.length += chunk.length;
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  drop(count: number): void {
    this.buffer.copyWithin(0, count, this.length);
    this.length -= count;
    this.start += count;
  }
}

export interface EncodeFileStreamOptions<E extends WrittenEdition = WrittenEdition> extends EncodeFileOptions<E> {
  /** Is told of every issue as it is found. */
  readonly onIssue?: (issue: Issue) => void;
}

/**
 * Encodes records of one kind as they come, and gives the bytes of the CSV file block by block: together those of
 * `encodeFile`.
 *
 * Once an issue is an error no more bytes are given; the records behind are checked all the same, and at the end an
 * IssueError with every issue is thrown: write to a temporary file, and rename it at the end. What the source throws is
 * passed on; a RangeError is thrown for a kind or an edition that is not written. Sections 3 and 4 of the standard.
 */
export async function* encodeFileStream<K extends FileKind, E extends WrittenEdition = '4.1'>(
  kind: K,
  records: Source<RecordOf<K, E>>,
  options: EncodeFileStreamOptions<E> = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { onIssue, ...others } = options;
  const writer = new RowWriter(writtenLayout(kind, options.edition), {
    rows: BLOCK / 100,
    charset: others.charset ?? 'ms932',
    onUnencodable: others.onUnencodable ?? 'error',
    ...(others.name === undefined ? {} : { file: others.name }),
    ...(others.showValues === undefined ? {} : { showValues: others.showValues }),
  });
  const issues: Issue[] = [];
  let failed = false;
  const tell = (): void => {
    for (const one of writer.issues.splice(0)) {
      issues.push(one);
      onIssue?.(one);
    }
    failed ||= hasError(issues);
  };
  const source = new Items(records);
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      writer.write(next.value as Readonly<Record<string, unknown>>);
      if (writer.issues.length > 0) tell();
      if (writer.length < BLOCK) continue;
      const bytes = writer.flush();
      if (!failed) yield bytes;
    }
  } finally {
    await source.close();
  }
  if (failed) throw new IssueError(issues);
  if (writer.length > 0) yield writer.flush();
}

/** What a source gives, one after the other. */
class Items<T> {
  /** Whether nothing more comes: the source came to its end, or threw. */
  ended = false;
  private readonly items: AsyncIterator<T, unknown>;

  constructor(source: Source<T>) {
    this.items = iterate(source);
  }

  async next(): Promise<IteratorResult<T, unknown>> {
    this.ended = true;
    const next = await this.items.next();
    this.ended = next.done === true;
    return next;
  }

  /** Tells the source that no more is wanted, if it has more. */
  async close(): Promise<void> {
    if (!this.ended) await this.items.return?.();
  }
}

function iterate<T>(source: Source<T>): AsyncIterator<T, unknown> {
  if ('getReader' in source) return fromReader(source);
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : fromIterable(source);
}

/** Not every browser iterates over a web stream. */
async function* fromReader<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader();
  let done = false;
  try {
    for (;;) {
      const next = await reader.read();
      done = next.done;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (!done) await reader.cancel();
    reader.releaseLock();
  }
}

async function* fromIterable<T>(source: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* source;
}
