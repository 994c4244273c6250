import { createHash } from 'node:crypto';
import { Problem } from '../core/problem.js';

/** How much is read of a body, and how long. */
export interface BodyLimits {
  readonly bytes: number;
  /** So long, and a second more for so many bytes that have come. */
  readonly timeoutMs: number;
  readonly bytesPerSecond: number;
  /** Told of bytes before they are kept; throws where they are too many. */
  readonly onBytes?: (count: number) => void;
}

/** The bytes of a request, within the limits, and those of its `Content-Digest` where it has one. */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array<ArrayBuffer>> {
  const said = request.headers.get('Content-Length');
  if (said !== null && Number(said) > limits.bytes) throw new Problem('content-too-large');
  const digest = parseDigest(request.headers.get('Content-Digest'));
  const bytes = await collect(request, limits);
  if (digest !== undefined && !createHash('sha256').update(bytes).digest().equals(digest)) {
    throw new Problem('digest-mismatch');
  }
  return bytes;
}

async function collect(
  request: Request,
  { bytes, timeoutMs, bytesPerSecond, onBytes = () => {} }: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const began = performance.now();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const look = () => {
      const left = began + timeoutMs + (1000 * length) / bytesPerSecond - performance.now();
      if (left > 0) timer = setTimeout(look, Math.ceil(left));
      else reject(new Problem('body-timeout', {}, { Connection: 'close' }));
    };
    look();
  });
  late.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      length += value.length;
      if (length > bytes) throw new Problem('content-too-large');
      onBytes(value.length);
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    // The client has gone, or sent what is no body.
    throw error instanceof Problem ? error : new Problem('bad-request');
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks, length);
}

/** The SHA-256 of a `Content-Digest` field (RFC 9530); undefined where there is no field. */
function parseDigest(field: string | null): Buffer | undefined {
  if (field === null) return undefined;
  const found = /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):(?:$|\s*,)/.exec(field)?.[1];
  if (found === undefined) throw new Problem('bad-request');
  return Buffer.from(found, 'base64');
}
