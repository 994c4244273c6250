import { parseAddress } from 'careplan-renkei/transport';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { newPrivateKey } from '../core/signer.js';

/** An office of the sandbox, with keys that everybody may know. */
export interface DemoOffice {
  readonly address: string;
  readonly says: string;
  /** Private keys, with `kid` and `alg`: to sign with, and to open with. */
  readonly signingKey: JWK & { readonly kid: string };
  readonly sealingKey: JWK & { readonly kid: string };
  /** The directory entry that the demo registrar signed. */
  readonly entry: string;
}

export interface DemoDirectory {
  readonly notice: string;
  /** The private key of the demo registrar. */
  readonly registrar: JWK;
  readonly offices: readonly DemoOffice[];
}

const OFFICES = [
  { address: '0370100105-43', says: 'care management office (居宅介護支援)' },
  { address: '0370100204-11', says: 'home help office (訪問介護)' },
];

/** A registrar and two offices with new keys. */
export async function newDemoDirectory(now: number): Promise<DemoDirectory> {
  const registrar = await named(await newPrivateKey(), 'ES256');
  const offices = await Promise.all(
    OFFICES.map(async ({ address, says }): Promise<DemoOffice> => {
      const signingKey = await named(await newPrivateKey(), 'ES256');
      const pair = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
      const sealingKey = await named(await exportJWK(pair.privateKey), 'ECDH-ES+A256KW');
      const keys = [
        { kid: signingKey.kid, use: 'sig', alg: 'ES256', jwk: publicHalf(signingKey) },
        { kid: sealingKey.kid, use: 'enc', alg: 'ECDH-ES+A256KW', jwk: publicHalf(sealingKey) },
      ];
      const entry = await sign(registrar, 'careplan-entry+jws', entryOf(address, now, keys));
      return { address, says, signingKey, sealingKey, entry };
    }),
  );
  return { notice: 'Keys of a sandbox. Everybody may know them; never use them elsewhere.', registrar, offices };
}

/** The payload of an entry as clients want it: canonical JSON (RFC 8785), `signEntry` of careplan-renkei. */
function entryOf(address: string, issuedAt: number, keys: readonly object[]): object {
  const { officeNumber, serviceType } = parseAddress(address) ?? {};
  return { address: { officeNumber, serviceType }, issuedAt, keys: keys.map(sorted), v: 1 };
}

/** A value with the members of each object in the order of their names. */
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;

/** A compact JWS over JSON, as tokens, entries and rotations are signed. */
export async function sign(key: JWK & { readonly kid?: string }, typ: string, payload: object): Promise<string> {
  const alg = key.alg ?? 'ES256';
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg, typ, kid: key.kid ?? '' })
    .sign(await importJWK(key, alg));
}

async function named(jwk: JWK, alg: string): Promise<JWK & { readonly kid: string }> {
  return { ...jwk, alg, kid: await calculateJwkThumbprint(jwk) };
}

export const publicHalf = ({ kty, crv, x, y }: JWK): JWK => ({ kty, crv, x, y }) as JWK;
