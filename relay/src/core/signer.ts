import { readFile } from 'node:fs/promises';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { writeOnce } from '../store/write-once.js';

/** Signs for the relay. */
export interface RelaySigner {
  readonly kid: string;
  /** The public key, as `GET /v1/relay` gives it. */
  readonly jwk: JWK;
  sign(payload: object, typ: string): Promise<string>;
}

/** A signer with a private key (ES256) in memory. */
export async function signerOf(privateJwk: JWK): Promise<RelaySigner> {
  const key = await importJWK(privateJwk, 'ES256');
  const { kty, crv, x, y } = privateJwk as Record<string, string>;
  const kid = await calculateJwkThumbprint(privateJwk);
  return {
    kid,
    jwk: { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' } as JWK,
    sign: (payload, typ) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', kid, typ })
        .sign(key),
  };
}

/** A new private key (ES256). */
export async function newPrivateKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return exportJWK(privateKey);
}

/** The signer whose key a file holds; where there is none, a new key is made and kept there, for the owner's eyes only. */
export async function signerAt(path: string): Promise<RelaySigner> {
  await writeOnce(path, async () => `${JSON.stringify(await newPrivateKey())}\n`);
  return signerOf(JSON.parse(await readFile(path, 'utf8')) as JWK);
}
