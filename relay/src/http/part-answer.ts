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
  if (!range) return { status: 200, bytes: await bytesOf(part, 0, part.size), fields: { ...fields, ...type } };
  const { start, end } = range;
  return {
    status: 206,
    bytes: await bytesOf(part, start, end),
    fields: { ...fields, ...type, 'Content-Range': `bytes ${start}-${end - 1}/${part.size}` },
  };
}

const bytesOf = async (part: PartView, start: number, end: number) =>
  (await part.read(start, end)) as Uint8Array<ArrayBuffer>;

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
