import type { PartView } from '../core/inbox.js';
import { Problem } from '../core/problem.js';
import type { Answer } from './route.js';

/** The bytes of a part as a request wants them: all, a range, or none where it has them (RFC 9110, sections 13 and 14). */
export async function partAnswer(part: PartView, headers: Headers): Promise<Answer> {
  const etag = `"${part.sha256}"`;
  const fields = {
    'ETag': etag,
    'Repr-Digest': `sha-256=:${Buffer.from(part.sha256, 'hex').toString('base64')}:`,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
  };
  const known = headers.get('If-None-Match');
  if (known?.split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim()))) {
    return { status: 304, fields };
  }
  const wanted = headers.get('If-Range') === null || headers.get('If-Range') === etag ? headers.get('Range') : null;
  const range = wanted === null ? undefined : parseRange(wanted, part.size);
  const type = { 'Content-Type': 'application/octet-stream' };
  const { start, end } = range ?? { start: 0, end: part.size };
  const length = { 'Content-Length': String(end - start) };
  const of = range ? { 'Content-Range': `bytes ${start}-${end - 1}/${part.size}` } : {};
  return {
    status: range ? 206 : 200,
    ...(await bodyOf(part, start, end)),
    fields: { ...fields, ...type, ...length, ...of },
  };
}

/** So much of a part is in memory for a client that takes it slowly. */
const PIECE = 64 * 1024;

/** What is short at once; what is long piece by piece, as it is taken. The first is read before anything is said. */
async function bodyOf(part: PartView, start: number, end: number): Promise<Pick<Answer, 'bytes' | 'stream'>> {
  const read = async (at: number) => (await part.read(at, Math.min(end, at + PIECE))) as Uint8Array<ArrayBuffer>;
  const first = await read(start);
  if (start + first.length === end) return { bytes: first };
  let at = start;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const piece = at === start ? first : await read(at);
    at += piece.length;
    controller.enqueue(piece);
    if (at === end) controller.close();
  };
  return { stream: new ReadableStream({ pull }, { highWaterMark: 0 }) };
}

/** One range of bytes; undefined for what is not one, and is answered whole. */
function parseRange(text: string, size: number): { start: number; end: number } | undefined {
  const found = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(text.trim());
  const [, first = '', last = ''] = found ?? [];
  if (!found || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  if (start >= size || end <= start)
    throw new Problem('range-not-satisfiable', {}, { 'Content-Range': `bytes */${size}` });
  return { start, end };
}
