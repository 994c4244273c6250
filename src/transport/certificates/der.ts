/** One element of DER: its tag, what it holds, and what follows it. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
}

/** What is not DER. Its text names no byte. */
export class DerError extends Error {}

/** Reads the element at the start of bytes. Throws a DerError for long tags, lengths that are indefinite, longer than needed or too long. */
export function readElement(bytes: Uint8Array): Element {
  const [tag = -1, first = -1] = bytes;
  let at = 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (first === 0x80 || count > 3 || bytes.length < 2 + count) throw new DerError('length');
    length = bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
    if (length < 0x80 || bytes[2] === 0) throw new DerError('length');
    at += count;
  }
  if (tag < 0 || (tag & 0x1f) === 0x1f || first < 0 || at + length > bytes.length) throw new DerError('element');
  return { tag, content: bytes.subarray(at, at + length), rest: bytes.subarray(at + length) };
}

/** The elements that bytes are made of, at most 64. */
export function readElements(bytes: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const element = readElement(rest);
    elements.push(element);
    if (elements.length > 64) throw new DerError('number');
    rest = element.rest;
  }
  return elements;
}

/** The elements of the one element of a tag that bytes are. */
export function readSequence(bytes: Uint8Array, tag = 0x30): readonly Element[] {
  const element = readElement(bytes);
  if (element.tag !== tag || element.rest.length > 0) throw new DerError('tag');
  return readElements(element.content);
}

/** The value of a BOOLEAN. */
export function readBoolean({ tag, content }: Element): boolean {
  const [value = -1] = content;
  if (tag !== 0x01 || content.length !== 1 || (value !== 0 && value !== 0xff)) throw new DerError('boolean');
  return value === 0xff;
}

/** The value of an INTEGER from 0 to 127: no path is longer. */
export function readSmallInteger({ tag, content }: Element): number {
  const [value = -1] = content;
  if (tag !== 0x02 || content.length !== 1 || value < 0 || value > 127) throw new DerError('integer');
  return value;
}

/** An OBJECT IDENTIFIER as hexadecimal digits of its content. */
export function readOid({ tag, content }: Element): string {
  if (tag !== 0x06 || content.length === 0 || content.length > 32) throw new DerError('oid');
  return [...content].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
