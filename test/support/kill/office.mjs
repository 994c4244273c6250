import { readFileSync } from 'node:fs';
import { importKeys, staticDirectory } from '../../../dist/transport/envelope/index.js';
import { folderTransport, nodeDisk } from '../../../dist/transport/folder/index.js';
import { fileJournalStore, journalDisk, journalSeal } from '../../../dist/transport/outbox/index.js';
import { relayTransport } from '../../../dist/transport/relay/index.js';
import { deathAt } from './points.mjs';
import { remoteTransport } from './remote.mjs';

/** What the sender's and the receiver's process have in common: a plan, a store and a transport that may die at any point. */
export async function office(side) {
  const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const life = Number(process.argv[3]);
  const die = deathAt({
    seed: plan.seed * 2 + (side === 'sender' ? 0 : 1),
    life,
    lives: plan.lives,
    chance: plan.chance,
    log: plan.deaths[side],
  });
  const mortal = (calls, about) =>
    Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [
        name,
        async (...args) => {
          die(`${side} before ${about}.${name}`);
          const result = await call(...args);
          die(`${side} after ${about}.${name}`);
          return name === 'open' ? mortal(result, 'journal') : result;
        },
      ]),
    );
  const text = (name) => readFileSync(plan.keys[name], 'utf8');
  const keys = await importKeys(text(side));
  const store = await fileJournalStore({
    path: plan.journals[side],
    disk: mortal(journalDisk, 'disk'),
    seal: journalSeal(keys),
  });
  const transport = plan.relay
    ? relayTransport({
        origin: plan.origin,
        identities: plan.addresses[side].map((address) => ({ address, signer: keys.signer })),
      })
    : plan.port === undefined
      ? folderTransport({
          root: plan.folders[side],
          disk: mortal(nodeDisk, 'folder'),
          ...(side === 'receiver' ? plan.receiving : {}),
        })
      : remoteTransport({ port: plan.port, addresses: plan.addresses[side] });
  const [sender, receiver] = [await importKeys(text('sender')), await importKeys(text('receiver'))];
  const directory = staticDirectory([
    ...plan.addresses.sender.map((address) => ({ address, issuedAt: 0, keys: sender.publicKeys })),
    ...plan.addresses.receiver.map((address) => ({ address, issuedAt: 0, keys: receiver.publicKeys })),
  ]);
  const onEvent = ({ type, state }) => die(`${side} ${type}${state === undefined ? '' : ` ${state}`}`);
  const options = { store, transport, onEvent, keys, directory };
  return { plan, die, store, transport, options };
}
