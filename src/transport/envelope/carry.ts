import { partOf } from '../bytes.js';
import type { FetchedMessage } from '../client.js';
import { TransportError } from '../error.js';
import { type OutboundMessage, SEALED } from '../message.js';
import { parseHeader } from '../routing-header.js';
import type { SealedMessage } from './message.js';
import type { SealedParts } from './open.js';
import { utf8 } from './text.js';

/**
 * A sealed message as any transport carries it: its parts are `0.json`, `1.jwe`, `2.jwe` ...
 *
 * Throws a TransportError (`message.invalid`) where its header is not one.
 */
export async function outboundOf(sealed: SealedMessage): Promise<OutboundMessage> {
  const { id, from, to, serial, standard, kinds } = parseHeader(sealed.header);
  const parts = sealed.parts.map((text, n) =>
    partOf({
      name: nameOf(n),
      kind: SEALED,
      mediaType: n === 0 ? 'application/jose+json' : 'application/jose',
      bytes: utf8(text),
    }),
  );
  return { id, from, to, serial, standard, kinds, parts: await Promise.all(parts), header: sealed.header };
}

/**
 * A sealed message as it arrived, for `openMessage`; in which order a transport gives its parts does not matter.
 *
 * Throws a TransportError: `message.invalid` where it has no header, `manifest.mismatch` where its parts are not those.
 */
export function sealedOf(message: Pick<FetchedMessage, 'files' | 'header'>): SealedParts {
  const header = parseHeader(message.header ?? '');
  const byName = new Map(message.files.map(({ name, bytes }) => [name, bytes]));
  const parts = header.parts.map(({ n }) => {
    const bytes = byName.get(nameOf(n));
    if (!bytes) throw new TransportError('manifest.mismatch', { messageId: header.id, part: n + 1 });
    return bytes;
  });
  if (message.files.length !== parts.length) throw new TransportError('manifest.mismatch', { messageId: header.id });
  return { header: message.header ?? '', parts };
}

const nameOf = (n: number): string => (n === 0 ? '0.json' : `${n}.jwe`);
