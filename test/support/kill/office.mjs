import { readFileSync } from 'node:fs';
import { importKeys, staticDirectory } from '../../../dist/transport/envelope/index.js';
import { folderTransport } from '../../../dist/transport/folder/index.js';
import { fileJournalStore, nodeDisk } from '../../../dist/transport/outbox/index.js';
import { deathAt } from './points.mjs';
import { remoteTransport } from './remote.mjs';

/** What the sender's and the receiver's process have in common: a plan, a store and a transport that may die at any point. */
export async function office(side) {
  const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const life = Number(process.argv[3]);
  const die = deathAt({
    seed: plan.seed * 2 + (side === 'sender' ? 0 : 1),
    life,
    chance: plan.chance,
    log: plan.deaths[side],
  });
  const disk = Object.fromEntries(
    Object.entries(nodeDisk).map(([name, call]) => [
      name,
      async (...args) => {
        die(`${side} before disk.${name}`);
        const result = await call(...args);
        die(`${side} after disk.${name}`);
        return result;
      },
    ]),
  );
  const store = await fileJournalStore({ path: plan.journals[side], disk, ...plan.store });
  const lanes = plan.lanes.map((lane) => lane[side === 'sender' ? 'from' : 'to']);
  const transport =
    plan.port === undefined
      ? folderTransport({ root: plan.folders[side], ...(side === 'receiver' ? plan.receiving : {}) })
      : remoteTransport({ port: plan.port, addresses: lanes });
  const text = (name) => readFileSync(plan.keys[name], 'utf8');
  const keys = plan.keys && (await importKeys(text(side)));
  const both = plan.keys && [await importKeys(text('sender')), await importKeys(text('receiver'))];
  const directory =
    plan.keys &&
    staticDirectory(
      plan.lanes.flatMap(({ from, to }) => [
        { address: from, issuedAt: 0, keys: both[0].publicKeys },
        { address: to, issuedAt: 0, keys: both[1].publicKeys },
      ]),
    );
  const onEvent = ({ type, state }) => die(`${side} ${type}${state === undefined ? '' : ` ${state}`}`);
  const options = { store, transport, onEvent, ...(plan.keys ? { keys, directory } : {}) };
  return { plan, die, store, transport, options };
}
