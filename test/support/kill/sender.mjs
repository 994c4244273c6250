/** Sends what its plan says, and dies on the way; begun again until it ends by itself. Arguments: plan, number of the life. */

import { openOutbox } from '../../../dist/transport/outbox/index.js';
import { office } from './office.mjs';

const { plan, die, store, transport, options } = await office('sender');
const outbox = openOutbox({ ...options, retry: { baseMs: 20, capMs: 100 }, leaseMs: plan.leaseMs });
const NEXT = 'application/next';
const first = Number((await store.transact((tx) => tx.get(NEXT))) ?? 0);
for (let n = first; n < plan.messages; n++) {
  const { from, to } = plan.lanes[n % plan.lanes.length];
  const serial = await outbox.nextSerial(from, to);
  const name = `UPPLAN_202511_${from.officeNumber}_${from.serviceType}_${to.officeNumber}_${to.serviceType}_${serial}.CSV`;
  const files = [{ name, kind: 'UPPLAN', bytes: Buffer.from(`message ${n}\r\n`) }];
  die('sender before enqueue');
  // It may have died before it wrote down that this one is enqueued: the key tells.
  await outbox.enqueue({ from, to, serial, standard: '4.1', files }, { key: `message ${n}` });
  die('sender after enqueue');
  await store.transact((tx) => tx.set(NEXT, String(n + 1)));
}
const left = async () => {
  const states = [];
  for await (const { state } of outbox.list()) states.push(state);
  return states.filter((state) => state !== 'accepted' && state !== 'handed-off').length;
};
const stop = new AbortController();
const running = outbox.run({ signal: stop.signal });
while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
stop.abort();
await running;
await transport.close();
await store.close();
