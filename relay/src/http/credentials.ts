import { parseAddress } from 'careplan-renkei/transport';
import { Problem } from '../core/problem.js';
import type { Relay } from '../core/relay.js';
import { checkToken } from '../core/token.js';
import type { Who } from './route.js';

export interface Asking {
  readonly request: Request;
  /** SHA-256 of the client's certificate (DER), where the connection has proved one. */
  readonly fingerprint: string | undefined;
  readonly sandbox: boolean;
  /** Whether the operation takes a body. */
  readonly hasBody: boolean;
  /** Counts the requests of an address, and refuses what is too much. */
  readonly limit: (address: string) => void;
}

/** The address that a request comes from. Throws a problem where it proves none, one that is suspended, or that asks too much. */
export async function whoAsks(relay: Relay, asking: Asking): Promise<string> {
  const { request, fingerprint, sandbox, hasBody, limit } = asking;
  const certified = fingerprint === undefined ? undefined : await certifiedAddress(relay, fingerprint);
  const [, scheme = '', credential = ''] = /^(\S+) (\S+)$/.exec(request.headers.get('Authorization') ?? '') ?? [];
  let address = certified;
  if (scheme === 'Careplan') {
    const { pathname, search } = new URL(request.url);
    const contentDigest = request.headers.get('Content-Digest') ?? undefined;
    if (hasBody && contentDigest === undefined) throw new Problem('token-invalid');
    const target = pathname + search;
    address = await checkToken(relay, credential, { method: request.method, target, contentDigest }, limit);
    if (certified !== undefined && certified !== address) throw new Problem('token-invalid');
  } else if (scheme === 'Demo' && sandbox) {
    if (!parseAddress(credential)) throw new Problem('token-invalid');
    address = credential;
  } else if (request.headers.get('Authorization') !== null) {
    throw new Problem('token-missing');
  }
  if (address === undefined) throw new Problem('token-missing');
  if (scheme !== 'Careplan') limit(address);
  const office = await relay.database.get<{ status: string }>('SELECT status FROM office WHERE address = ?', address);
  if (!office) throw new Problem('token-invalid');
  if (office.status !== 'active') throw new Problem('office-suspended');
  return address;
}

/** Refuses an address that is not the one of the path, where the path is somebody's. */
export function checkOwner(who: Who, address: string, mailbox: string | undefined): void {
  if (who === 'mailbox' && address !== mailbox) throw new Problem('not-found');
}

async function certifiedAddress(relay: Relay, fingerprint: string): Promise<string | undefined> {
  const row = await relay.database.get<{ address: string }>(
    'SELECT address FROM certificate WHERE fingerprint = ?',
    fingerprint,
  );
  return row?.address;
}
