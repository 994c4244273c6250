import { base64url, FlattenedEncrypt, type GeneralJWE, type JWK } from 'jose';
import { sha256OfText } from '../bytes.js';
import { TransportError } from '../error.js';
import { publicJwk } from './key-form.js';
import type { PublicKey } from './keys.js';
import { encodeJson, fromUtf8, hasOnly, isBase64url, isObject, objectOf, utf8 } from './text.js';

const TYP = 'careplan-manifest+jwe';
const WRAPS: readonly unknown[] = ['ECDH-ES+A256KW', 'RSA-OAEP-256'];

type Recipient = { readonly encrypted_key: string; readonly header: { alg: string; kid: string; epk?: JWK } };

/**
 * Seals a signed manifest for these keys, bound to a routing header.
 *
 * How the content's key is wrapped stands with each recipient, so that an HSM can unwrap it. JWE does not authenticate what stands
 * there: the protected header holds the SHA-256 of all of it (`rcp`), so that nobody on the way changes it either.
 */
export async function sealManifest(signed: string, binding: string, keys: readonly PublicKey[]): Promise<string> {
  const cek = crypto.getRandomValues(new Uint8Array(32));
  const recipients: Recipient[] = [];
  for (const key of keys) recipients.push(await wrap(cek, key));
  const { ciphertext, iv, tag } = await new FlattenedEncrypt(utf8(signed))
    .setProtectedHeader(await protectedHeader(recipients))
    .setUnprotectedHeader({ alg: 'dir' })
    .setAdditionalAuthenticatedData(utf8(binding))
    .encrypt(cek);
  return format({ ciphertext, iv, recipients, tag }, binding, await protectedHeader(recipients));
}

/**
 * Reads a sealed manifest that must be bound to a routing header.
 *
 * Throws a TransportError: `decrypt` for what `sealManifest` does not write (another algorithm, an unprotected header, one kid twice,
 * other spellings of the same), `too-large` (recipients), `manifest.mismatch` where it is bound to another header.
 */
export async function readManifestJwe(text: string, binding: string, most: number): Promise<GeneralJWE> {
  const jwe = objectOf(text);
  const refuse = (code: 'decrypt' | 'too-large' | 'manifest.mismatch'): never => {
    throw new TransportError(code);
  };
  if (!jwe || !Array.isArray(jwe.recipients)) return refuse('decrypt');
  if (jwe.recipients.length > most) refuse('too-large');
  const { ciphertext, iv, tag, recipients } = jwe as unknown as Parts;
  const sound =
    recipients.length > 0 &&
    recipients.every(isRecipient) &&
    new Set(recipients.map(({ header }) => header.kid)).size === recipients.length &&
    [ciphertext, iv, tag].every(isBase64url) &&
    iv?.length === 16 &&
    tag?.length === 22;
  if (!sound) refuse('decrypt');
  if (jwe.aad !== base64url.encode(utf8(binding))) refuse(isBase64url(jwe.aad) ? 'manifest.mismatch' : 'decrypt');
  if (format({ ciphertext, iv, recipients, tag }, binding, await protectedHeader(recipients)) !== text)
    refuse('decrypt');
  return JSON.parse(text) as GeneralJWE;
}

interface Parts {
  readonly ciphertext: string;
  readonly iv: string | undefined;
  readonly recipients: readonly Recipient[];
  readonly tag: string | undefined;
}

const protectedHeader = async (recipients: readonly Recipient[]) => ({
  enc: 'A256GCM',
  rcp: await sha256OfText(JSON.stringify(recipients.map(plain))),
  typ: TYP,
});

const format = ({ ciphertext, iv, recipients, tag }: Parts, binding: string, header: object): string =>
  JSON.stringify({
    aad: base64url.encode(utf8(binding)),
    ciphertext,
    iv,
    protected: encodeJson(header),
    recipients: recipients.map(plain),
    tag,
  });

const plain = ({ encrypted_key, header: { alg, epk, kid } }: Recipient): Recipient => ({
  encrypted_key,
  header: { alg, ...(epk ? { epk: publicJwk(epk) as JWK } : {}), kid },
});

/** The content's key for one receiver: a JWE of nothing, of which its wrapped key is taken. */
async function wrap(cek: Uint8Array, { alg, kid, jwk }: PublicKey): Promise<Recipient> {
  try {
    const { encrypted_key, protected: encoded } = await new FlattenedEncrypt(new Uint8Array())
      .setProtectedHeader({ alg, enc: 'A256GCM' })
      .setContentEncryptionKey(cek)
      .encrypt(publicJwk(jwk) as JWK);
    const { epk } = JSON.parse(fromUtf8(base64url.decode(encoded ?? ''))) as { epk?: JWK };
    return plain({ encrypted_key: encrypted_key ?? '', header: { alg, kid, ...(epk ? { epk } : {}) } });
  } catch (cause) {
    throw new TransportError('key.untrusted', { cause });
  }
}

function isRecipient(value: unknown): value is Recipient {
  if (!isObject(value) || !isBase64url(value.encrypted_key) || value.encrypted_key.length > 1400) return false;
  const { header } = value;
  if (!isObject(header) || !hasOnly(header, ['alg', 'epk', 'kid']) || !WRAPS.includes(header.alg)) return false;
  if (typeof header.kid !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header.kid)) return false;
  const { epk } = header;
  if (header.alg === 'RSA-OAEP-256') return epk === undefined;
  return isObject(epk) && (epk.crv === 'P-256' || epk.crv === 'X25519') && publicJwk(epk as JWK) !== undefined;
}
