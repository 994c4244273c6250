import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningSandbox } from '../../../relay/src/index.js';
import { sign } from '../../../relay/src/sandbox/offices.js';
import { rotateKeys } from '../../../src/transport/envelope/index.js';
import { formatAddress } from '../../../src/transport/index.js';
import { relayTransport } from '../../../src/transport/relay/index.js';
import { options } from '../../support/raw-relay.js';
import { type Office, officeOf, sandbox } from '../../support/relay-harness.js';

let running: RunningSandbox;
let office: Office;
beforeAll(async () => {
  running = await sandbox();
  office = await officeOf(running, 0);
});
afterAll(() => running.stop(0));

it('a rotation lets a new key speak to the relay, and nobody believe in it', async () => {
  const { address, sealing } = office;
  const before = await sealing.directory.find(address);
  const { publicKeys, signer } = await rotateKeys(sealing.keys);
  const { endorsement: _, ...add } = publicKeys.find(({ kid }) => kid === signer.kid) ?? expect.fail('no new key');
  const [old] = running.offices;
  const rotation = await sign(old?.signingKey ?? {}, 'careplan-key-rotation+jws', {
    address,
    issuedAt: Date.now(),
    add,
  });
  const road = relayTransport({ origin: running.origin, identities: [{ address, signer }] });
  await expect(road.list({}, options())).rejects.toMatchObject({ code: 'auth.denied' });
  const name = formatAddress(address);
  const put = await fetch(`${running.origin}/v1/offices/${name}/keys/${add.kid}`, {
    method: 'PUT',
    headers: { authorization: `Demo ${name}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rotation }),
  });
  expect(put.status).toBe(201);
  expect(await road.list({}, options())).toEqual({ items: [] });
  expect(await sealing.directory.find(address)).toEqual(before);
  expect(before?.keys.map(({ kid }) => kid)).not.toContain(add.kid);
  await road.close();
});
