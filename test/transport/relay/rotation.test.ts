import { afterAll, beforeAll, expect, it } from 'vitest';
import { putOffice } from '../../../relay/src/core/directory.js';
import type { RunningSandbox } from '../../../relay/src/index.js';
import { publicHalf, sign } from '../../../relay/src/sandbox/offices.js';
import {
  officeKeys,
  type PrivateJwk,
  type PublicKey,
  rotateKeys,
  signEntry,
} from '../../../src/transport/envelope/index.js';
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

it('an office changes its keys: the registrar signs an entry whose keys the old ones vouch for, the relay takes it, others believe it', async () => {
  const [ann, bob] = [await officeOf(running, 0), await officeOf(running, 1)];
  const { relay, directory } = running;
  // Seen first, and remembered.
  await ann.sealing.directory.find(bob.address);
  const fresh = await rotateKeys(bob.sealing.keys);
  const registrar = officeKeys([{ ...directory.registrar, use: 'sig' } as PrivateJwk]);
  const put = async (keys: readonly PublicKey[]) =>
    putOffice(
      relay,
      publicHalf(directory.registrar),
      await signEntry({ address: bob.address, issuedAt: Date.now(), keys }, registrar.signer),
    );
  expect(await put(fresh.publicKeys)).toBe(formatAddress(bob.address));
  const found = await ann.sealing.directory.find(bob.address);
  expect(found?.keys.map(({ kid }) => kid)).toContain(fresh.signer.kid);
  const road = relayTransport({ origin: running.origin, identities: [{ address: bob.address, signer: fresh.signer }] });
  expect(await road.list({}, options())).toEqual({ items: [] });
  await road.close();
  const old = relayTransport({ origin: running.origin, identities: [bob.identity] });
  await expect(old.list({}, options())).rejects.toMatchObject({ code: 'auth.denied' });
  await old.close();
});
