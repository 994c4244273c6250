import { encodeFile } from 'careplan-renkei';
import {
  encryptionKeys,
  officeKeys,
  openMessage,
  type PrivateJwk,
  sealMessage,
} from 'careplan-renkei/transport/envelope';
import {
  base64url,
  CompactEncrypt,
  CompactSign,
  compactDecrypt,
  compactVerify,
  exportJWK,
  FlattenedEncrypt,
  flattenedDecrypt,
  generateKeyPair,
  type JWK,
} from 'jose';
import { diverse } from './corpus.js';

const RUNS = 200;
const NOW = Date.UTC(2026, 10, 25);

/** Milliseconds of sealing and opening a transmission, and of what jose does of it by itself. */
export interface EnvelopeTimes {
  readonly bytes: number;
  readonly wire: number;
  readonly seal: number;
  readonly sealJose: number;
  readonly open: number;
  readonly openJose: number;
}

/** A slip, its statement and its supplement: 20 kB in three files, to one receiver (P-256), with the sender's copy. */
export async function measureEnvelope(): Promise<EnvelopeTimes> {
  const encoded = encodeFile('UPPLAN', diverse(140));
  if (!encoded.ok) throw new Error('not comparable: rows');
  const text = encoded.bytes.subarray(0, 20_000);
  const files = [text.subarray(0, 12_000), text.subarray(12_000, 16_000), text.subarray(16_000)].map((bytes, i) => ({
    name: `UPPLAN_202511_${i}.CSV`,
    kind: 'UPPLAN',
    mediaType: 'text/csv',
    bytes,
  }));
  const [ann, bob] = [await make(), await make()];
  const message = {
    id: '019ab000-0000-7000-8000-000000000001',
    from: { officeNumber: '0370100105', serviceType: '43' },
    to: { officeNumber: '0370200210', serviceType: '11' },
    serial: '20261125100000',
    standard: '4.1' as const,
    kinds: ['UPPLAN'],
    files,
  };
  const recipients = encryptionKeys(bob.keys.publicKeys, NOW);
  const options = { keys: ann.keys, recipients, previous: null, createdAt: NOW, expiresAt: NOW + 1 };
  const seal = () => sealMessage(message, options);
  const sealed = await seal();
  const open = () => openMessage(sealed, { keys: bob.keys, sender: ann.keys.publicKeys, now: NOW });
  await open();

  // The same inputs: the sealed manifest says what jose was given.
  const jwe = JSON.parse(sealed.parts[0] ?? '');
  const own = jwe.recipients.find(({ header }: { header: { kid: string } }) => header.kid === bob.enc.kid);
  const flattened = { ...jwe, recipients: undefined, ...own };
  const signed = new TextDecoder().decode((await flattenedDecrypt(flattened, bob.enc.jwk)).plaintext);
  const { payload } = await compactVerify(signed, ann.sig.open);
  const manifest = JSON.parse(new TextDecoder().decode(payload));
  const keys = manifest.files.map(({ cek }: { cek: string }) => base64url.decode(cek)) as Uint8Array[];
  const zip = { alg: 'dir', enc: 'A256GCM', zip: 'DEF' };
  const sealJose = async () => {
    for (const [i, { bytes }] of files.entries()) {
      await new CompactEncrypt(bytes).setProtectedHeader(zip).encrypt(keys[i] as Uint8Array);
    }
    const jws = await new CompactSign(payload)
      .setProtectedHeader({ alg: 'ES256', kid: ann.sig.kid, typ: 'careplan-manifest+jws' })
      .sign(ann.sig.jwk);
    const cek = crypto.getRandomValues(new Uint8Array(32));
    for (const key of [bob.enc.open, ann.enc.open]) {
      await new FlattenedEncrypt(new Uint8Array())
        .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
        .setContentEncryptionKey(cek)
        .encrypt(key);
    }
    await new FlattenedEncrypt(new TextEncoder().encode(jws))
      .setProtectedHeader({ enc: 'A256GCM' })
      .setUnprotectedHeader({ alg: 'dir' })
      .setAdditionalAuthenticatedData(base64url.decode(jwe.aad))
      .encrypt(cek);
  };
  const openJose = async () => {
    await flattenedDecrypt(flattened, bob.enc.jwk);
    await compactVerify(signed, ann.sig.open);
    for (const [i, key] of keys.entries()) await compactDecrypt(sealed.parts[i + 1] ?? '', key);
  };
  return {
    bytes: text.length,
    wire: sealed.header.length + sealed.parts.reduce((sum, part) => sum + part.length, 0),
    ...(await medians({ seal, sealJose, open, openJose })),
  };
}

async function make() {
  const half = async (alg: 'ES256' | 'ECDH-ES+A256KW', use: 'sig' | 'enc') => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    const { kty, crv, x, y, d } = (await exportJWK(privateKey)) as Required<Pick<JWK, 'kty' | 'crv' | 'x' | 'y' | 'd'>>;
    const kid = `${use}-${x.slice(0, 8)}`;
    return { kid, alg, use, jwk: { kty, crv, x, y, d } as JWK, open: { kty, crv, x, y } as JWK };
  };
  const [sig, enc] = [await half('ES256', 'sig'), await half('ECDH-ES+A256KW', 'enc')];
  const jwks = [sig, enc].map(({ jwk, kid, alg, use }) => ({ ...jwk, kid, alg, use }) as PrivateJwk);
  return { sig, enc, keys: officeKeys(jwks) };
}

/** The contenders in turn; medians of 200 after 20 that do not count. */
async function medians<Name extends string>(
  contenders: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const times = new Map<string, number[]>();
  for (let run = -20; run < RUNS; run++) {
    for (const [name, work] of Object.entries<() => Promise<unknown>>(contenders)) {
      const start = performance.now();
      await work();
      if (run >= 0) times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
    }
  }
  const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)])) as Record<Name, number>;
}
