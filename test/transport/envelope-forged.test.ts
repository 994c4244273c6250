import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import type { OpenOptions, PublicKey, SealedMessage } from '../../src/transport/envelope/index.js';
import { formatHeader, type RoutingHeader, type TransportErrorCode } from '../../src/transport/index.js';
import { ANN, BOB, DAY, EVE, NOW, plainMessage, sealFor } from '../support/envelope.js';
import { b64u, canonical, forge, type Hands, hash, rehashed, seal, signedOf } from '../support/forge.js';
import {
  type Any,
  ann,
  annJwk,
  annKey,
  annPrivate,
  annSigning,
  bindingOf,
  bob,
  bobKey,
  eve,
  eveSigning,
  fileSaid,
  forged,
  forgedPlainAsDeflate,
  headed,
  manifested,
  onTheWay,
  opened,
  parsed,
  resigned,
  said,
  sealed,
  signedText,
  withFile,
  wrappedBy,
} from '../support/tamper.js';

type Case = readonly [says: string, open: () => Promise<string>];
const of = (
  says: string,
  make: () => SealedMessage | Promise<SealedMessage>,
  more: () => Partial<OpenOptions> = () => ({}),
): Case => [says, async () => opened(await make(), more())];
const senders = (more: object) => () => ({ sender: ann.publicKeys.map((key) => ({ ...key, ...more })) });
const bomb = new Uint8Array(50_000_000);

/** What is refused, by the code it is refused with: every case has this one, and no other. */
const CASES: Partial<Record<TransportErrorCode, readonly Case[]>> = {
  'message.invalid': [
    of('a header that is no JSON', () => ({ ...sealed, header: 'x' })),
    of('a header with spaces', () => ({ ...sealed, header: JSON.stringify(parsed(), null, 1) })),
    of('a header with a member more', () => ({ ...sealed, header: canonical({ ...parsed(), jku: 'x' }) })),
    of('a header that says a thing twice', () => ({
      ...sealed,
      header: sealed.header.replace('{"createdAt"', '{"v":1,"createdAt"'),
    })),
    of('a header with __proto__', () => ({
      ...sealed,
      header: sealed.header.replace('{"createdAt"', '{"__proto__":{},"createdAt"'),
    })),
    of('a header without files', () => said({ parts: parsed().parts.slice(0, 1) })),
    of('a header of half a megabyte', () => ({ ...sealed, header: sealed.header + ' '.repeat(500_000) })),
    of('a header of nested brackets', () => ({ ...sealed, header: '['.repeat(200_000) })),
    of('a header of another version', () => said({ v: 2 as 1 })),
    of('no header', () => ({ parts: sealed.parts }) as unknown as SealedMessage),
  ],
  'integrity.content': [
    of('files swapped', () => ({ ...sealed, parts: [sealed.parts[0], sealed.parts[2], sealed.parts[1]] as string[] })),
    of('a file in the place of another', () => ({
      ...sealed,
      parts: [sealed.parts[0], sealed.parts[1], sealed.parts[1]] as string[],
    })),
    of('the manifest of another message', async () => ({
      ...sealed,
      parts: [(await sealFor(ann, bob)).parts[0] as string, ...sealed.parts.slice(1)],
    })),
    of('a file cut short', () => ({
      ...sealed,
      parts: sealed.parts.map((part, n) => (n === 1 ? part.slice(0, -1) : part)),
    })),
    of('a file with a byte more', () => ({
      ...sealed,
      parts: sealed.parts.map((part, n) => (n === 1 ? `${part}=` : part)),
    })),
    of('a manifest with another last bit, which base64 passes over', () => ({
      ...sealed,
      parts: sealed.parts.map((part, n) =>
        n === 0 ? part.replace(/(.)"}$/, (_, last) => `${last === 'A' ? 'B' : 'A'}"}`) : part,
      ),
    })),
    of('characters that are no ASCII, as many as there were', () => ({
      ...sealed,
      parts: sealed.parts.map((part) => 'あ'.repeat(part.length)),
    })),
    of('a hash that the header says otherwise', () =>
      said({ parts: parsed().parts.map((part) => ({ ...part, sha256: hash('') })) }),
    ),
    of('a size that the header says otherwise', () =>
      said({ parts: parsed().parts.map((part) => ({ ...part, size: part.size + 1 })) }),
    ),
  ],
  'manifest.mismatch': [
    of('a file that is missing', () => ({ ...sealed, parts: sealed.parts.slice(0, -1) })),
    of('a file twice', () => ({ ...sealed, parts: [...sealed.parts, sealed.parts[1] as string] })),
    of('a file that is missing, in the header too', () => ({
      header: said({ parts: parsed().parts.slice(0, -1) }).header,
      parts: sealed.parts.slice(0, -1),
    })),
    of(
      'another receiver in the header',
      () => said({ to: EVE }),
      () => ({ self: [EVE] }),
    ),
    of(
      'another service type of the receiver in the header',
      () => said({ to: { ...BOB, serviceType: '15' } }),
      () => ({}),
    ),
    of('another sender in the header', () => said({ from: EVE })),
    of('another serial in the header', () => said({ serial: '20261125100001' })),
    of('other kinds in the header', () => said({ kinds: ['UPPLAN', 'UPSIKYU'] })),
    of('kinds in another order in the header', () => said({ kinds: [...parsed().kinds].reverse() })),
    of('another id in the header', () => said({ id: '019ab000-0000-7000-8000-000000000002' })),
    of('another edition in the header', () => said({ standard: '5.0' })),
    of('another time in the header', () => said({ createdAt: NOW + 1 })),
    of('another end in the header', () => said({ expiresAt: NOW + 400 * DAY })),
    of('a file and its hash in the header changed on the way', () => {
      const text = sealed.parts[1]?.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) ?? '';
      const parts = parsed().parts.map((part) => (part.n === 1 ? { ...part, sha256: hash(text) } : part));
      return { header: said({ parts }).header, parts: [sealed.parts[0] as string, text, sealed.parts[2] as string] };
    }),
    of('files and their hashes in the header swapped on the way', () => {
      const [first, second, third] = parsed().parts as [Any, Any, Any];
      const header = said({ parts: [first, { ...third, n: 1 }, { ...second, n: 2 }] }).header;
      return { header, parts: [sealed.parts[0], sealed.parts[2], sealed.parts[1]] as string[] };
    }),
    of(
      'a mailbox that is not the receiver’s',
      () => sealed,
      () => ({ self: [EVE, ANN] }),
    ),
    of(
      'a message that its receiver sealed again for another (surreptitious forwarding)',
      async () => {
        const jws = await signedOf(sealed, bob);
        const receiver = eve.publicKeys.find(({ use }) => use === 'enc') as PublicKey;
        return forge(plainMessage({ to: EVE }), annSigning, [receiver], { jws: () => jws });
      },
      () => ({ keys: eve, self: [EVE] }),
    ),
    of('the manifest of another message of the same sender, sealed again under this header', async () => {
      const other = await signedOf(await sealFor(ann, bob, plainMessage({ serial: '20261125110000' })), bob);
      return forged({ jws: () => other });
    }),
    of('the manifest of an older sealing of the same message', async () => {
      const other = await signedOf(await sealFor(ann, bob), bob);
      return forged({ jws: () => other });
    }),
    of('a signed manifest that names another header', () =>
      forged({ manifest: (manifest) => ({ ...manifest, header: hash('') }) }),
    ),
    of('a manifest bound to another header', () => forged({ jwe: (jwe) => ({ ...jwe, aad: b64u(hash('')) }) })),
    of('a signed manifest for another receiver', () => manifested((manifest) => ({ ...manifest, to: EVE }))),
    of('a signed manifest of another sender', () => manifested((manifest) => ({ ...manifest, from: EVE }))),
    of('a signed manifest of another serial', () =>
      manifested((manifest) => ({ ...manifest, serial: '20261125100001' })),
    ),
    of('a signed manifest of other kinds', () => manifested((manifest) => ({ ...manifest, kinds: ['UPPLAN'] }))),
    of('a signed manifest of another id', () => manifested((manifest) => ({ ...manifest, id: 'x' }))),
    of('a signed manifest of another time', () => manifested((manifest) => ({ ...manifest, createdAt: NOW - 1 }))),
    of('a signed manifest of another version', () => manifested((manifest) => ({ ...manifest, v: 2 }))),
    of('kinds of files that are not those of the header', () => fileSaid({ kind: 'UPJSK' })),
    of('a kind in header and manifest of which there is no file', () =>
      forged({}, { ...plainMessage(), kinds: ['UPPLAN', 'UPKIHON_IMAGE', 'UPJSK'] }),
    ),
    of('a kind twice', () => forged({}, { ...plainMessage(), kinds: ['UPPLAN', 'UPKIHON_IMAGE', 'UPPLAN'] })),
    of('a file more in the manifest', () => manifested((manifest) => void manifest.files.push(manifest.files[0]))),
    of('a file less in the manifest', () => manifested((manifest) => void manifest.files.pop())),
    of('files of the manifest in another order', () => manifested((manifest) => void manifest.files.reverse())),
    of('files of the manifest numbered otherwise', () => fileSaid({ n: 0 })),
    of('a sealed file that the manifest does not name', () => fileSaid({ cipherSha256: hash('') })),
    of('a file that is not the one that was signed', () => fileSaid({ sha256: hash('') })),
    of('a file that is smaller than the manifest says', () => fileSaid((one) => ({ size: one.size + 1 }))),
    of('a compressed file that is smaller than the manifest says', () =>
      forged({
        fileHeader: (header) => ({ ...header, zip: 'DEF' }),
        manifest: (manifest) => withFile(manifest, ({ size }) => ({ size: size + 1 })),
      }),
    ),
    of('a file that is larger than the manifest says', () => fileSaid((one) => ({ size: one.size - 1 }))),
    of('a size that is none', () => fileSaid({ size: -1 })),
    of('a key of a file that is none', () => fileSaid({ cek: 'AAAA' })),
    of('a name that leaves its folder', () => fileSaid({ name: '../a.CSV' })),
    of('a name of a device', () => fileSaid({ name: 'NUL.CSV' })),
    of('two names that are one on some file systems', () => fileSaid({ name: 'upplan_202511_A.csv' }, 1)),
    of('a media type that is none', () => fileSaid({ mediaType: 'text/csv\r\nx' })),
    of('a message before that is none', () =>
      manifested((manifest) => ({ ...manifest, previous: { id: 'x', serial: '1' } })),
    ),
    of('a message before with a member more', () =>
      manifested((manifest) => ({ ...manifest, previous: { id: manifest.id, serial: manifest.serial, x: 1 } })),
    ),
    of('a manifest without a message before', () => manifested(({ previous, ...manifest }) => manifest)),
    of('a manifest with a member more', () => manifested((manifest) => ({ ...manifest, x: 1 }))),
    of('a file with a member more', () => fileSaid({ x: 1 })),
    of('a manifest that says a thing twice', () =>
      manifested((manifest) => canonical(manifest).replace('{"createdAt"', '{"v":1,"createdAt"')),
    ),
    of('a manifest with __proto__', () =>
      manifested((manifest) => canonical(manifest).replace('{"createdAt"', '{"__proto__":{"files":[]},"createdAt"')),
    ),
    of('a manifest with spaces', () => manifested((manifest) => JSON.stringify(manifest, null, 1))),
    of('a manifest that is no JSON', () => manifested(() => 'x')),
    of('a manifest that is null', () => manifested(() => 'null')),
    of('a manifest of nested brackets', () => manifested(() => '['.repeat(100_000))),
    of('a manifest that is no UTF-8', () =>
      resigned(({ header }) => new CompactSign(Buffer.of(0xff)).setProtectedHeader(header).sign(annPrivate())),
    ),
  ],
  decrypt: [
    of('a manifest that is no JSON', () => rehashed(sealed, 'x')),
    of('a manifest of nested brackets', () => rehashed(sealed, '['.repeat(5000))),
    of('a manifest with spaces', () => onTheWay((jwe) => JSON.stringify(jwe, null, 1))),
    of('a manifest that says a thing twice', () =>
      onTheWay((jwe) => canonical(jwe).replace('{"aad"', '{"tag":"AAAAAAAAAAAAAAAAAAAAAA","aad"')),
    ),
    of('a manifest with __proto__', () => onTheWay((jwe) => canonical(jwe).replace('{"aad"', '{"__proto__":{},"aad"'))),
    of('a manifest that is bound to nothing', () => onTheWay(({ aad, ...jwe }) => jwe)),
    of('a shared unprotected header', () => onTheWay((jwe) => ({ ...jwe, unprotected: { zip: 'DEF' } }))),
    of('no recipients', () => onTheWay((jwe) => ({ ...jwe, recipients: [] }))),
    of('recipients that are no list', () => onTheWay((jwe) => ({ ...jwe, recipients: {} }))),
    of('a recipient that is taken away', () => onTheWay((jwe) => void jwe.recipients.pop())),
    of('a recipient that is put there', () =>
      onTheWay(
        (jwe) => void jwe.recipients.push({ ...jwe.recipients[0], header: { ...jwe.recipients[0].header, kid: 'x' } }),
      ),
    ),
    of('recipients in another order', () => onTheWay((jwe) => void jwe.recipients.reverse())),
    of('another algorithm of wrapping', () => wrappedBy('RSA-OAEP-256')),
    of('an algorithm that is not allowed', () => wrappedBy('ECDH-ES')),
    of('rounds without end (PBES2)', () =>
      forged({
        recipients: ([first]) => [
          { ...first, header: { alg: 'PBES2-HS512+A256KW', kid: first.header.kid, p2c: 2e9, p2s: 'AAAAAAAAAAA' } },
        ],
      }),
    ),
    of('a header parameter of a recipient that is not known', () =>
      forged({
        recipients: (all) => all.map((one) => ({ ...one, header: { ...one.header, jku: 'https://example.test/' } })),
      }),
    ),
    of('parties of the key agreement', () =>
      forged({ recipients: (all) => all.map((one) => ({ ...one, header: { ...one.header, apu: 'QQ' } })) }),
    ),
    of('a private ephemeral key', () =>
      forged({
        recipients: (all) =>
          all.map((one) => ({ ...one, header: { ...one.header, epk: { ...one.header.epk, d: one.header.epk.x } } })),
      }),
    ),
    of('an ephemeral key that is on no curve', () =>
      forged({
        recipients: (all) =>
          all.map((one) => ({ ...one, header: { ...one.header, epk: { ...one.header.epk, y: one.header.epk.x } } })),
      }),
    ),
    of('an ephemeral key of another curve', () =>
      forged({
        recipients: (all) =>
          all.map((one) => ({
            ...one,
            header: { ...one.header, epk: { crv: 'X25519', kty: 'OKP', x: one.header.epk.x } },
          })),
      }),
    ),
    of('two recipients with one kid', () =>
      forged({
        recipients: ([first, second]) => [first, { ...second, header: { ...second.header, kid: first.header.kid } }],
      }),
    ),
    of('a wrapped key that is another’s', () =>
      forged({ recipients: ([first, second]) => [{ ...first, encrypted_key: second.encrypted_key }, second] }),
    ),
    of('a wrapped key without end', () =>
      forged({ recipients: (all) => all.map((one) => ({ ...one, encrypted_key: 'A'.repeat(4000) })) }),
    ),
    of('recipients that the protected header does not name', () =>
      forged({ protect: (header) => ({ ...header, rcp: hash('') }) }),
    ),
    of('content encrypted by another algorithm (CBC)', () => forged({ enc: 'A256CBC-HS512' })),
    of('content encrypted by a shorter key', () => forged({ enc: 'A128GCM' })),
    of('a manifest that is compressed', () => forged({ protect: (header) => ({ ...header, zip: 'DEF' }) })),
    of('a critical extension of the encryption', () =>
      forged({ protect: (header) => ({ ...header, crit: ['x'], x: 1 }) }),
    ),
    of('another type of the encryption', () => forged({ protect: (header) => ({ ...header, typ: 'JOSE' }) })),
    of(
      'a header changed and the manifest said to be bound to it',
      () => {
        const header = { ...parsed(), to: EVE };
        const aad = b64u(hash(canonical({ ...header, parts: header.parts.slice(1) })));
        const changed = onTheWay((jwe) => ({ ...jwe, aad }));
        return { ...changed, header: formatHeader({ ...(JSON.parse(changed.header) as RoutingHeader), to: EVE }) };
      },
      () => ({ self: [EVE] }),
    ),
    of('a manifest that is no text', async () => {
      const [first] = sealed.parts;
      return rehashed(sealed, await seal(Buffer.of(0xff, 0xfe) as never, [bobKey], bindingOf(first as string)));
    }),
    of('a file that another algorithm sealed', () => forged({ fileHeader: (header) => ({ ...header, typ: 'x' }) })),
    of('a file with a critical extension', () =>
      forged({ fileHeader: (header) => ({ ...header, crit: ['x'], x: 1 }) }),
    ),
    of('a file of six segments', () => forged({ fileText: (jwe) => `${jwe}.` })),
    of('a file with a wrapped key', () => forged({ fileText: (jwe) => jwe.replace('..', '.AAAA.') })),
    of('a file that is no base64', () => forged({ fileText: (jwe) => `${jwe.slice(0, -1)}=` })),
    of('a file whose tag another file has', () => forged({ fileText: (jwe) => jwe.replace(/[^.]+$/, 'A'.repeat(22)) })),
    of('a file sealed by another key', () => fileSaid({ cek: 'A'.repeat(43) })),
    of('a file that is said to be compressed and is not', () => forgedPlainAsDeflate()),
  ],
  signature: [
    of('alg none', () => resigned(({ header, payload }) => `${b64u({ ...header, alg: 'none' })}.${b64u(payload)}.`)),
    of('alg none with a signature', () =>
      resigned(
        ({ header, payload, honest }) => `${b64u({ ...header, alg: 'none' })}.${b64u(payload)}.${honest.split('.')[2]}`,
      ),
    ),
    of('HS256 with the public key as its secret', () =>
      resigned(({ header, payload }) =>
        new CompactSign(Buffer.from(payload))
          .setProtectedHeader({ ...header, alg: 'HS256' })
          .sign(Buffer.from(JSON.stringify(annJwk()))),
      ),
    ),
    of('another algorithm than that of the key', () =>
      resigned(
        ({ header, payload, honest }) =>
          `${b64u({ ...header, alg: 'EdDSA' })}.${b64u(payload)}.${honest.split('.')[2]}`,
      ),
    ),
    of('an algorithm that is not allowed', () =>
      resigned(
        ({ header, payload, honest }) =>
          `${b64u({ ...header, alg: 'ES384' })}.${b64u(payload)}.${honest.split('.')[2]}`,
      ),
    ),
    of(
      'a key that the directory has for another algorithm',
      () => sealed,
      () => ({ sender: [{ ...(eve.publicKeys[0] as PublicKey), kid: annSigning.kid }] }),
    ),
    of('an unknown crit', () => headed({ crit: ['x'], x: 1 })),
    of('a crit that is empty', () =>
      resigned(
        ({ header, payload, honest }) => `${b64u({ ...header, crit: [] })}.${b64u(payload)}.${honest.split('.')[2]}`,
      ),
    ),
    of('b64: false', () =>
      resigned(({ header, payload }) => signedText(JSON.stringify({ ...header, b64: false, crit: ['b64'] }), payload)),
    ),
    of('an embedded key', () => headed({ jwk: annJwk() })),
    of('the address of a key', () => headed({ jku: 'https://example.test/keys' })),
    of('the address of a certificate', () => headed({ x5u: 'https://example.test/certificate' })),
    of('the hash of a certificate', () => headed({ x5t: 'AAAA' })),
    of('certificates that are none', () => headed({ x5c: ['-'] })),
    of('five certificates', () => headed({ x5c: Array(5).fill('AAAA') })),
    of('another type', () => headed({ typ: 'careplan-receipt+jws' })),
    of('no type', () =>
      resigned(({ header, payload }) =>
        new CompactSign(Buffer.from(payload))
          .setProtectedHeader({ alg: header.alg, kid: header.kid })
          .sign(annPrivate()),
      ),
    ),
    of('no kid', () =>
      resigned(({ header, payload }) =>
        new CompactSign(Buffer.from(payload))
          .setProtectedHeader({ alg: header.alg, typ: header.typ })
          .sign(annPrivate()),
      ),
    ),
    of('a header that says a thing twice', () =>
      resigned(({ header, payload }) => signedText(JSON.stringify(header).replace('{', '{"alg":"none",'), payload)),
    ),
    of('a header with __proto__', () =>
      resigned(({ header, payload }) =>
        signedText(JSON.stringify(header).replace('{', '{"__proto__":{"crit":["x"]},'), payload),
      ),
    ),
    of('a header that is no JSON', () => resigned(({ payload }) => signedText('x', payload))),
    of('a header without end', () => resigned(({ payload }) => signedText(`"${'x'.repeat(50_000)}"`, payload))),
    of('a header of JSON that is no object', () => resigned(({ payload }) => signedText('[]', payload))),
    of('the signature stripped', () => resigned(({ honest }) => honest.replace(/[^.]+$/, ''))),
    of('a signature that is all zero', () => resigned(({ honest }) => honest.replace(/[^.]+$/, 'A'.repeat(86)))),
    of('a signature as DER', () =>
      resigned(({ honest }) =>
        honest.replace(/[^.]+$/, b64u(Buffer.concat([Buffer.of(0x30, 0x44), Buffer.alloc(68)]))),
      ),
    ),
    of('a signature with bits left over', () =>
      resigned(({ honest }) => `${honest.slice(0, -1)}${honest.endsWith('A') ? 'B' : 'B'}`),
    ),
    of('two segments', () => resigned(({ honest }) => honest.split('.').slice(0, 2).join('.'))),
    of('four segments', () => resigned(({ honest }) => `${honest}.AA`)),
    of('nothing signed', () => resigned(() => 'x')),
    of('the JSON of a signature', () =>
      resigned(({ honest }) =>
        JSON.stringify({
          protected: honest.split('.')[0],
          payload: honest.split('.')[1],
          signature: honest.split('.')[2],
        }),
      ),
    ),
    of('a signature by another under the kid of the sender', () =>
      forge(plainMessage(), { ...eveSigning, kid: annSigning.kid }, [bobKey]),
    ),
    of('another text under the signature', () =>
      resigned(({ honest, payload }) =>
        [honest.split('.')[0], b64u(payload.replace('"v":1', '"v":2')), honest.split('.')[2]].join('.'),
      ),
    ),
  ],
  'key.unknown': [
    of('a message for others', () => forge(plainMessage(), annSigning, [annKey])),
    of(
      'a key of sealing that the receiver has no more',
      () => sealed,
      () => ({ keys: { decrypter: { ...bob.decrypter, kids: [] } } }),
    ),
    of('a signature by a key that the sender does not have', () => headed({ kid: 'another' })),
    of(
      'a sender without keys',
      () => sealed,
      () => ({ sender: [] }),
    ),
    of(
      'a sender with keys for sealing alone',
      () => sealed,
      () => ({ sender: [{ ...annKey, kid: annSigning.kid }] }),
    ),
  ],
  'key.untrusted': [
    of(
      'two keys of the sender with one kid',
      () => sealed,
      () => ({
        sender: [
          ...ann.publicKeys,
          { ...(eve.publicKeys[0] as PublicKey), kid: annSigning.kid, jwk: (eve.publicKeys[0] as PublicKey).jwk },
        ].map((key) => ({ ...key, kid: annSigning.kid })),
      }),
    ),
    of('a key of the sender that is not of its algorithm', () => sealed, senders({ alg: 'RS256' })),
    of(
      'a key of the sender that is none',
      () => sealed,
      senders({ jwk: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' } }),
    ),
    of(
      'a key of the sender with a secret algorithm',
      () => sealed,
      senders({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }),
    ),
    of('a key of the sender with unknown members', () => sealed, senders({ jku: 'https://example.test/' })),
    of(
      'no certificates where they are wanted',
      () => sealed,
      () => ({ certificates: { check: async () => {} } }),
    ),
  ],
  'key.expired': [
    of('a key whose time was over', () => sealed, senders({ notAfter: NOW - 1 })),
    of('a key whose time had not come', () => sealed, senders({ notBefore: NOW + 1 })),
  ],
  'key.revoked': [
    of('a key that was revoked before', () => sealed, senders({ revokedAt: NOW - 1 })),
    of(
      'a key that was revoked since, though the signature says it is older',
      () => sealed,
      () => ({ ...senders({ revokedAt: NOW + 1 })(), now: NOW + 2 }),
    ),
  ],
  'too-large': [
    of('a file that grows a thousandfold', () =>
      forged({
        fileHeader: (header) => ({ ...header, zip: 'DEF' }),
        fileBytes: (bytes, n) => (n === 1 ? bomb : bytes),
      }),
    ),
    of('a file that is one byte longer than the manifest says', () =>
      forged({
        fileHeader: (header) => ({ ...header, zip: 'DEF' }),
        fileBytes: (bytes) => Buffer.concat([bytes, Buffer.of(0)]),
      }),
    ),
    of('a manifest that says more than is opened', () => fileSaid({ size: 2 ** 40 })),
    of('a header of 501 files', () =>
      said({ parts: Array.from({ length: 502 }, (_, n) => ({ n, size: 1, sha256: hash('') })) }),
    ),
    of('a header of a file of a terabyte', () =>
      said({ parts: parsed().parts.map((part) => ({ ...part, size: 2 ** 40 })) }),
    ),
    of('33 recipients', () =>
      forged({
        recipients: ([first]) =>
          Array.from({ length: 33 }, (_, i) => ({ ...first, header: { ...first.header, kid: `${i}` } })),
      }),
    ),
    of(
      'a file larger than the receiver takes',
      () => sealed,
      () => ({ limits: { fileBytes: 100 } }),
    ),
    of(
      'a message larger than the receiver takes',
      () => sealed,
      () => ({ limits: { messageBytes: 100 } }),
    ),
    of(
      'more files than the receiver takes',
      () => sealed,
      () => ({ limits: { files: 1 } }),
    ),
  ],
};

describe('what is refused', () => {
  it('is not what an honest sender makes with other hands', async () => {
    expect(await opened(await forged({}))).toBe('opened');
    expect(await opened(await forged({ fileHeader: (header) => ({ ...header, zip: 'DEF' }) }))).toBe('opened');
    expect(await opened(sealed)).toBe('opened');
    expect(await opened({ ...sealed, parts: sealed.parts.map((part) => Buffer.from(part)) })).toBe('opened');
  });

  it('has each of the codes that opening has', () => {
    expect(Object.keys(CASES).sort()).toEqual(
      [
        ...['message.invalid', 'integrity.content', 'manifest.mismatch', 'decrypt', 'signature', 'too-large'],
        ...['key.unknown', 'key.untrusted', 'key.expired', 'key.revoked'],
      ].sort(),
    );
  });

  describe.each(Object.entries(CASES))('with %s', (code, cases) => {
    it.each(cases as readonly Case[])('%s', async (_, open) => {
      expect(await open()).toBe(code);
    });
  });

  it('a file that grows is let go of as soon as it is too large', async () => {
    const platform = globalThis.DecompressionStream;
    let grown = 0;
    globalThis.DecompressionStream = class extends platform {
      constructor(format: CompressionFormat) {
        super(format);
        const counted = super.readable.pipeThrough(
          new TransformStream({
            transform(chunk, controller) {
              grown += chunk.byteLength;
              controller.enqueue(chunk);
            },
          }),
        );
        Object.defineProperty(this, 'readable', { value: counted });
      }
    };
    try {
      const hands: Hands = { fileHeader: (header) => ({ ...header, zip: 'DEF' }), fileBytes: () => bomb };
      expect(await opened(await forged(hands))).toBe('too-large');
    } finally {
      globalThis.DecompressionStream = platform;
    }
    expect(grown).toBeGreaterThan(0);
    expect(grown).toBeLessThan(1_000_000);
  });

  it('what a decrypter throws of its own is a TransportError all the same', async () => {
    const decrypter = { kids: bob.decrypter.kids, decrypt: () => Promise.reject(new Error('イワテ PIN 1234')) };
    expect(await opened(sealed, { keys: { decrypter } })).toBe('internal');
  });
});
