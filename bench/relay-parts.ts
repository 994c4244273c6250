import { createHash, randomBytes } from 'node:crypto';
import { type Address, formatAddress } from 'careplan-renkei/transport';
import type { SealedMessage, Signer } from 'careplan-renkei/transport/envelope';

/**
 * Sends a message part by part, as sections 3 and 5 of the protocol say: the driver does so only above 1 MiB. Gives the
 * milliseconds of the commit at its end.
 */
export async function sendInParts(
  origin: string,
  from: Address,
  signer: Signer,
  id: string,
  { header, parts }: SealedMessage,
): Promise<number> {
  const outbox = `/v1/mailboxes/${formatAddress(from)}/outbox/${id}`;
  const ask = async (method: string, path: string, body?: string, type?: string) => {
    const digest = body === undefined ? undefined : `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const iat = Math.floor(Date.now() / 1000);
    const about = { iss: formatAddress(from), aud: origin, htm: method, htu: path, ...(digest ? { cd: digest } : {}) };
    const claims = { ...about, jti: randomBytes(16).toString('hex'), iat, exp: iat + 60 };
    const token = await signer.sign(Buffer.from(JSON.stringify(claims)), 'careplan-token+jwt');
    const answer = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Careplan ${token}`,
        ...(digest ? { 'content-digest': digest } : {}),
        ...(type ? { 'content-type': type } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return JSON.parse(text) as { receipt?: string };
  };
  await ask('PUT', outbox, JSON.stringify({ header }), 'application/json');
  for (const [n, part] of parts.entries()) {
    await ask('PUT', `${outbox}/parts/${n}`, part, 'application/octet-stream');
  }
  const start = performance.now();
  const { receipt } = await ask('POST', `${outbox}/commit`);
  if (!receipt) throw new Error('not committed');
  return performance.now() - start;
}
