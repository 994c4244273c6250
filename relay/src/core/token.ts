import { parseAddress } from 'careplan-renkei/transport';
import { z } from 'zod';
import { signingKey } from './directory.js';
import { headerOf, unverifiedPayload, verified } from './keys.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';

/** What a token is held against. */
export interface TokenRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly contentDigest: string | undefined;
}

const CLAIMS = z.strictObject({
  iss: z.string().refine((text) => parseAddress(text) !== undefined),
  aud: z.string(),
  htm: z.string(),
  htu: z.string(),
  cd: z.string().optional(),
  jti: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  iat: z.number(),
  exp: z.number(),
});

const LONGEST = 8192;
const LIFE = 60;
/** Seconds by which a token may be ahead, be late, and be wrong without its clock being so. */
const AHEAD = 30;
const LATE = 5;
const SKEW = 90;

/**
 * The address that a token speaks for. Throws a problem where it is not right for this request, or was used before. `limit`
 * counts what the address proves to have asked, and refuses it before anything of it is written.
 */
export async function checkToken(
  relay: Relay,
  token: string,
  request: TokenRequest,
  limit: (address: string) => void,
): Promise<string> {
  const claims = await verifiedClaims(relay, token);
  const fits =
    claims?.aud === relay.config.origin &&
    claims.htm === request.method &&
    claims.htu === request.target &&
    claims.cd === request.contentDigest &&
    claims.exp > claims.iat &&
    claims.exp - claims.iat <= LIFE;
  if (!fits) throw new Problem('token-invalid');
  const now = relay.tokenNow() / 1000;
  if (claims.iat > now + AHEAD || claims.exp < now - LATE) {
    throw new Problem(Math.abs(now - claims.iat) > SKEW ? 'clock-skew' : 'token-expired');
  }
  const { iss, jti, exp } = claims;
  // Who repeats another's token takes nothing from what that other may ask.
  const used = await relay.database.get('SELECT 1 AS one FROM replay WHERE address = ? AND jti = ?', iss, jti);
  if (used) throw new Problem('token-replayed');
  limit(iss);
  const fresh = await relay.database.run(
    'INSERT INTO replay (address, jti, exp) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    iss,
    jti,
    Math.ceil(exp),
  );
  if (fresh === 0) throw new Problem('token-replayed');
  return iss;
}

/** The claims of a token, where a valid key of the address that it names has signed them. */
async function verifiedClaims(relay: Relay, token: string): Promise<z.infer<typeof CLAIMS> | undefined> {
  const head = token.length <= LONGEST ? headerOf(token, 'careplan-token+jwt') : undefined;
  const claimed = CLAIMS.safeParse(head && unverifiedPayload(token));
  if (!head || !claimed.success) return undefined;
  const key = await signingKey(relay.database, claimed.data.iss, head.kid, relay.tokenNow());
  if (key?.alg !== head.alg) return undefined;
  const claims = CLAIMS.safeParse(await verified(token, key.jwk, key.alg));
  return claims.success ? claims.data : undefined;
}
