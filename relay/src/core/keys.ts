import { compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';

const ADDRESS = z.strictObject({
  officeNumber: z.string().regex(/^[0-9]{2}[0-9A-Z][0-9]{7}$/),
  serviceType: z.string().regex(/^[0-9A-Z]{2}$/),
});
const TIME = z.int().min(0);
/** The form of the name of a key. */
export const KID = /^[A-Za-z0-9._~:-]{1,128}$/;
const KID_TEXT = z.string().regex(KID);

const base64url = (least: number, most = least) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${least},${most}}$`));
/** What a JWK may say of its key, whatever its kind; nothing that is private or long. */
const SAID = {
  kid: z.string().max(200).optional(),
  use: z.string().max(10).optional(),
  alg: z.string().max(40).optional(),
  key_ops: z.array(z.string().max(20)).max(10).optional(),
  ext: z.boolean().optional(),
};
const JWK_PUBLIC = z.discriminatedUnion('kty', [
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: base64url(43),
    y: base64url(43),
    ...SAID,
  }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.enum(['Ed25519', 'X25519']), x: base64url(43), ...SAID }),
  z.strictObject({ kty: z.literal('RSA'), n: base64url(342, 1366), e: base64url(1, 6), ...SAID }),
]);

/** A public key of an office, as the directory writes it (`PublicKey` of careplan-renkei). */
export const PUBLIC_KEY = z.strictObject({
  kid: KID_TEXT,
  use: z.enum(['sig', 'enc']),
  alg: z.enum(['ES256', 'EdDSA', 'RS256', 'ECDH-ES+A256KW', 'RSA-OAEP-256']),
  jwk: JWK_PUBLIC,
  x5c: z
    .array(
      z
        .string()
        .max(8192)
        .regex(/^[A-Za-z0-9+/]+={0,2}$/),
    )
    .min(1)
    .max(4)
    .optional(),
  endorsement: z.string().max(8192).optional(),
  notBefore: TIME.optional(),
  notAfter: TIME.optional(),
  revokedAt: TIME.optional(),
});
export type PublicKeyMember = z.infer<typeof PUBLIC_KEY>;

/** What the registrar signs. */
export const OFFICE_ENTRY = z.strictObject({
  v: z.literal(1),
  address: ADDRESS,
  issuedAt: TIME,
  expiresAt: TIME.optional(),
  resetAt: TIME.optional(),
  keys: z.array(PUBLIC_KEY).min(1).max(50),
});

/** What an office signs to add a key and to revoke others. */
export const KEY_ROTATION = z.strictObject({
  address: ADDRESS,
  issuedAt: TIME,
  add: PUBLIC_KEY,
  revoke: z.array(KID_TEXT).max(50).optional(),
});

const ALGORITHMS = ['ES256', 'EdDSA', 'RS256'];

export interface Verified {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: unknown;
}

type ImportedKey = Awaited<ReturnType<typeof importJWK>>;
const imported = new Map<string, ImportedKey>();
const MOST_KEYS = 1000;

async function keyOf(jwk: object, alg: string): Promise<ImportedKey> {
  const name = `${alg} ${JSON.stringify(jwk)}`;
  let key = imported.get(name);
  if (!key) {
    key = await importJWK(jwk as JWK, alg);
    if (imported.size >= MOST_KEYS) imported.clear();
    imported.set(name, key);
  }
  return key;
}

/** The header of a compact JWS, not verified; undefined where it is none, or has other members than alg, kid and typ. */
export function headerOf(jws: string, typ: string): { readonly alg: string; readonly kid: string } | undefined {
  try {
    const text = Buffer.from(jws.slice(0, jws.indexOf('.')), 'base64url').toString('utf8');
    const { alg, kid, typ: said, ...others } = JSON.parse(text) as Record<string, unknown>;
    const fits = typeof alg === 'string' && ALGORITHMS.includes(alg) && typeof kid === 'string' && said === typ;
    return fits && Object.keys(others).length === 0 ? { alg, kid } : undefined;
  } catch {
    return undefined;
  }
}

/** The payload of a JWS, not verified; undefined where it is no JSON. */
export function unverifiedPayload(jws: string): unknown {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The payload of a JWS that a key signed with its algorithm; undefined where it did not. */
export async function verified(jws: string, jwk: object, alg: string): Promise<unknown> {
  try {
    const { payload } = await compactVerify(jws, await keyOf(jwk, alg), { algorithms: [alg] });
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
