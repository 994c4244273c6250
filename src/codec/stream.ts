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
const BLOCK = 1 << 18;

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
export async function* decodeFileStream(
  source: Source<Uint8Array>,
  options: DecodeFileOptions,
): AsyncGenerator<DecodedFile | UnknownFile, void, undefined> {
  const pending = new Pending();
  const chunks = iterate(source);
  let ended = false;
  const fill = async (length: number): Promise<void> => {
    while (!ended && pending.length < length) {
      const next = await chunks.next();
      if (next.done) ended = true;
      else pending.add(next.value);
    }
  };
  try {
    await fill(DETECTED);
    const file = openFile(options, pending.bytes(), ended ? pending.length : undefined);
    if ('unknown' in file) {
      yield file.unknown;
      return;
    }
    const { decoder, base, issues: early } = file;
    let first = true;
    let named = false;
    for (let wanted = BLOCK; ; ) {
      await fill(wanted);
      const used = decoder.feed(pending.bytes(), pending.start, ended);
      wanted = BLOCK + (used === 0 ? pending.length : 0);
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
    await chunks.return?.();
  }
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
  const source = iterate(records);
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      writer.write(next.value as Readonly<Record<string, unknown>>);
      if (writer.issues.length > 0) tell();
      if (writer.length < BLOCK) continue;
      const bytes = writer.flush();
      if (!failed) yield bytes;
    }
  } finally {
    await source.return?.();
  }
  if (failed) throw new IssueError(issues);
  if (writer.length > 0) yield writer.flush();
}

/** What a source gives, one after the other. */
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
