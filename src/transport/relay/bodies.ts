import { TransportError } from '../error.js';
import { failureOf } from './failures.js';
import type { RelayRequest } from './http.js';

/** Lets go of an answer whose body nobody reads, and of its connection. */
export const release = (response: Response): void => void response.body?.cancel().catch(() => {});

/** The bytes of an answer as they come. */
export async function* pieces(
  response: Response,
  { signal, method }: RelayRequest,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        throw failureOf(thrown, signal, { reading: true, changes: method !== 'GET' });
      });
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** The text of an answer; undefined where it is longer than so many bytes, of which no more are read. */
export async function textWithin(
  response: Response,
  longest: number,
  request: RelayRequest,
): Promise<string | undefined> {
  const read: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of pieces(response, request)) {
    size += piece.length;
    if (size > longest) return undefined;
    read.push(piece as Uint8Array<ArrayBuffer>);
  }
  return new Blob(read).text();
}

/** The bytes of a part, exactly so many. Throws `integrity.wire` where there are fewer or more; of more, none are read. */
export async function* exactly(
  length: number,
  bytes: AsyncIterable<Uint8Array>,
  part: number,
): AsyncGenerator<Uint8Array, void, void> {
  let left = length;
  for await (const piece of bytes) {
    left -= piece.length;
    if (left < 0) break;
    yield piece;
  }
  if (left !== 0) throw new TransportError('integrity.wire', { part });
}
