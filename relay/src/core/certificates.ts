import type { X509Certificate } from 'node:crypto';
import { audit } from './audit.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';

/** The name of a certificate: SHA-256 of its DER. */
export const fingerprintOf = ({ fingerprint256 }: Pick<X509Certificate, 'fingerprint256'>): string =>
  fingerprint256.replaceAll(':', '').toLowerCase();

/** From now on a client certificate speaks for nobody. Throws a problem (`not-found`) where it did not speak for this address. */
export async function dropCertificate(relay: Relay, address: string, certificate: X509Certificate): Promise<void> {
  await relay.database.transact(async (tx) => {
    const name = fingerprintOf(certificate);
    const gone = await tx.run('DELETE FROM certificate WHERE fingerprint = ? AND address = ?', name, address);
    if (gone === 0) throw new Problem('not-found');
    await audit(tx, relay.now(), 'operator', 'certificate', null, { address, removed: 1 });
  });
}

/** Says whose a client certificate is. Throws a problem (`office-unknown`) for an address that the directory lacks. */
export async function putCertificate(relay: Relay, address: string, certificate: X509Certificate): Promise<void> {
  await relay.database.transact(async (tx) => {
    if (!(await tx.get('SELECT 1 AS one FROM office WHERE address = ?', address))) throw new Problem('office-unknown');
    await tx.run(
      `INSERT INTO certificate (fingerprint, address) VALUES (?, ?)
       ON CONFLICT (fingerprint) DO UPDATE SET address = excluded.address`,
      fingerprintOf(certificate),
      address,
    );
    await audit(tx, relay.now(), 'operator', 'certificate', null, { address });
  });
}
