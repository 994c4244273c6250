import { inspect } from 'node:util';
import { expect } from 'vitest';
import {
  type OfficeKeys,
  type OpenOptions,
  openMessage,
  type PrivateJwk,
  type PublicKey,
  type SealedMessage,
} from '../../src/transport/envelope/index.js';
import { formatHeader, type RoutingHeader, TransportError } from '../../src/transport/index.js';
import { BOB, bareKeys, keysOf, NOW, plainMessage, sealFor } from './envelope.js';
import { b64u, canonical, forge, type Hands, rehashed } from './forge.js';

// biome-ignore lint/suspicious/noExplicitAny: forgeries have any form.
export type Any = any;

/** Ann sends, Bob receives; Bob's second key and Eve's are others. */
export const { jwks: annJwks, keys: ann } = bareKeys();
export const { jwks: eveJwks, keys: eve } = bareKeys();
export const [annSigning] = annJwks as [PrivateJwk];
export const [eveSigning] = eveJwks as [PrivateJwk];
export const bob: OfficeKeys = await keysOf();
export const sealed: SealedMessage = await sealFor(ann, bob);
export const bobKey = bob.publicKeys.find(({ use }) => use === 'enc') as PublicKey;
export const annKey = ann.publicKeys.find(({ use }) => use === 'enc') as PublicKey;

/** A file and a person that no error may give away. */
const CANARIES = ['イワテ', '0001267459', 'UPPLAN_202511_a', 'UPKIHON_IMAGE_b', '0370100105'];

/** How opening a message ends: `opened`, or the code of its error, which gives nothing away. */
export async function opened(
  message: { header: string; parts: readonly (string | Uint8Array)[] },
  more: Partial<OpenOptions> = {},
) {
  try {
    await openMessage(message, { keys: bob, sender: ann.publicKeys, self: [BOB], now: NOW, ...more });
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(TransportError);
    const shown = [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      (error as Error).stack,
    ].join();
    expect(CANARIES.filter((word) => shown.includes(word))).toEqual([]);
    return (error as TransportError).code;
  }
}

export const forged = (hands: Hands, message = plainMessage()) => forge(message, annSigning, [bobKey, annKey], hands);
export const parsed = (): RoutingHeader => JSON.parse(sealed.header);
/** The header said otherwise, the parts as they were. */
export const said = (more: Partial<RoutingHeader>) => ({ ...sealed, header: formatHeader({ ...parsed(), ...more }) });
/** The JWE of the manifest changed by someone on the way, who makes the header say so. */
export function onTheWay(change: (jwe: Any) => Any): SealedMessage {
  const jwe = JSON.parse(sealed.parts[0] ?? '');
  const given = change(jwe) ?? jwe;
  return rehashed(sealed, typeof given === 'string' ? given : canonical(given));
}
/** A signed manifest with another header or signature, sealed again by one who was given it. */
export const resigned = (jws: Hands['jws']) => forged({ jws: jws as NonNullable<Hands['jws']> });
export const headed = (more: object) => forged({ jwsHeader: (header) => ({ ...header, ...more }) });
export const manifested = (change: (manifest: Any) => Any) =>
  forged({ manifest: (manifest) => change(manifest) ?? manifest });

/** What the manifest says of a file, said otherwise. */
export const withFile = (manifest: Any, change: (one: Any) => object, n = 0): Any => ({
  ...manifest,
  files: manifest.files.map((one: Any, i: number) => (i === n ? { ...one, ...change(one) } : one)),
});
export const fileSaid = (change: object | ((one: Any) => object), n = 0) =>
  manifested((manifest) => withFile(manifest, typeof change === 'function' ? (change as never) : () => change, n));
export const wrappedBy = (alg: string) => onTheWay((jwe) => void Object.assign(jwe.recipients[0].header, { alg }));

export const annPrivate = () => {
  const { kty, crv, x, y, d } = annSigning;
  return { kty, crv, x, y, d } as Any;
};
export const annJwk = () => {
  const { kty, crv, x, y } = annSigning;
  return { kty, crv, x, y };
};
export const bindingOf = (jwe: string) => Buffer.from(JSON.parse(jwe).aad, 'base64url').toString();

/** A signature that holds, over a header of any text. */
export async function signedText(header: string, payload: string): Promise<string> {
  const key = await crypto.subtle.importKey('jwk', annPrivate(), { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ]);
  const signed = `${b64u(header)}.${b64u(payload)}`;
  return `${signed}.${b64u(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signed))))}`;
}

/** A file whose header says DEFLATE, while what was encrypted is not: jose would compress it, so AES-GCM is done here. */
export async function forgedPlainAsDeflate(): Promise<SealedMessage> {
  const cek = Buffer.alloc(32, 7);
  const head = b64u({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' });
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['encrypt']);
  const iv = Buffer.alloc(12, 1);
  const options = { name: 'AES-GCM', iv, additionalData: Buffer.from(head) };
  const out = Buffer.from(await crypto.subtle.encrypt(options, key, Buffer.alloc(50, 0xff)));
  const text = [head, '', b64u(iv), b64u(out.subarray(0, -16)), b64u(out.subarray(-16))].join('.');
  const change = (manifest: Any) => withFile(manifest, () => ({ cek: b64u(cek) }));
  return forged({ fileText: (jwe, n) => (n === 1 ? text : jwe), manifest: change });
}
