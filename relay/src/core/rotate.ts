import { formatAddress } from 'careplan-renkei/transport';
import type { z } from 'zod';
import type { Queries } from '../store/database.js';
import { audit } from './audit.js';
import { insertKey, signingKey } from './directory.js';
import { headerOf, KEY_ROTATION, unverifiedPayload, verified } from './keys.js';
import { Problem, type ProblemSlug } from './problem.js';
import type { Relay } from './relay.js';

/** Rotations since the entry, and keys of an address: who needs more asks the registrar for a new entry. */
const MOST_ROTATIONS = 20;
const MOST_KEYS = 50;
/** Milliseconds by which the clock of who signs may be ahead: a later time would keep all rotations of now out. */
const AHEAD_MS = 300_000;

type Rotation = z.infer<typeof KEY_ROTATION>;

/** Adds a key that a valid key of the address vouches for. The same again changes nothing, also where it revoked its own key. */
export async function rotate(relay: Relay, address: string, kid: string, jws: string): Promise<{ created: boolean }> {
  if (await isKept(relay.database, address, jws)) {
    read(unverifiedPayload(jws), kid);
    return { created: false };
  }
  const head = headerOf(jws, 'careplan-key-rotation+jws');
  const old = head && (await signingKey(relay.database, address, head.kid, relay.tokenNow()));
  const payload = head && old?.alg === head.alg ? await verified(jws, old.jwk, old.alg) : undefined;
  if (!head || payload === undefined) throw new Problem('key-untrusted');
  const rotation = read(payload, kid);
  const { add, revoke = [], issuedAt } = rotation;
  if (formatAddress(rotation.address) !== address) throw new Problem('key-untrusted');
  if (issuedAt > relay.tokenNow() + AHEAD_MS) throw new Problem('bad-request');
  return relay.database.transact(async (tx) => {
    // One after the other: what the one before revoked is no longer valid for the next.
    if (relay.database.dialect === 'postgres') {
      await tx.get('SELECT 1 AS one FROM office WHERE address = ? FOR NO KEY UPDATE', address);
    }
    if (await isKept(tx, address, jws)) return { created: false };
    const still = await signingKey(tx, address, head.kid, relay.tokenNow());
    if (JSON.stringify(still) !== JSON.stringify(old)) throw new Problem('key-untrusted');
    const refused = await refusal(tx, address, rotation);
    if (refused) throw new Problem(refused);
    await insertKey(tx, address, add);
    for (const gone of revoke) {
      await tx.run(
        'UPDATE office_key SET revoked_at = ? WHERE address = ? AND kid = ? AND revoked_at IS NULL',
        relay.tokenNow(),
        address,
        gone,
      );
    }
    await tx.run('INSERT INTO rotation (address, issued_at, jws) VALUES (?, ?, ?)', address, issuedAt, jws);
    await audit(tx, relay.now(), address, 'rotate', null, { revoked: revoke.length });
    return { created: true };
  });
}

const isKept = async (queries: Queries, address: string, jws: string): Promise<boolean> =>
  (await queries.get('SELECT 1 AS one FROM rotation WHERE address = ? AND jws = ?', address, jws)) !== undefined;

/** A rotation that adds the key of this name. */
function read(payload: unknown, kid: string): Rotation {
  const rotation = KEY_ROTATION.safeParse(payload);
  if (!rotation.success || rotation.data.add.kid !== kid) throw new Problem('bad-request');
  return rotation.data;
}

/** Why a rotation that is rightly signed is not taken. */
async function refusal(tx: Queries, address: string, { add, issuedAt }: Rotation): Promise<ProblemSlug | undefined> {
  const last = await tx.get<{ at: number; rotations: number }>(
    `SELECT MAX(at) AS at, COUNT(*) - 1 AS rotations FROM (SELECT issued_at AS at FROM office WHERE address = ?
     UNION ALL SELECT issued_at FROM rotation WHERE address = ?) AS times`,
    address,
    address,
  );
  if (!last || last.at >= issuedAt) return 'key-untrusted';
  const keys = await tx.all<{ kid: string }>('SELECT kid FROM office_key WHERE address = ?', address);
  if (keys.some(({ kid }) => kid === add.kid)) return 'key-conflict';
  return last.rotations >= MOST_ROTATIONS || keys.length >= MOST_KEYS ? 'content-too-large' : undefined;
}
