/**
 * Takes in what its plan says will come, and dies on the way; begun again until it ends by itself. What it takes in goes into
 * a book of its own, in the transaction in which the inbox notes it. Arguments: plan, number of the life.
 */

import { openInbox } from '../../../dist/transport/outbox/index.js';
import { office } from './office.mjs';

const { plan, die, store, transport, options } = await office('receiver');
const inbox = openInbox(options);
const written = () => store.transact(async (tx) => (await tx.keys('book/')).length);
const untold = async () => {
  let count = 0;
  for await (const { told } of inbox.list()) if (!told) count++;
  return count;
};
/** Takes in what is there now. */
async function takeIn() {
  for await (const arrived of inbox.receive({ waitMs: 500 })) {
    const { message } = arrived;
    const text = Buffer.from(message.files[0].bytes).toString();
    die('receiver before import');
    await store.transact(async (tx) => {
      const page = String((await tx.keys('book/')).length).padStart(6, '0');
      const lane = JSON.stringify([message.from, message.to]);
      await tx.set(`book/${page}`, JSON.stringify({ id: message.id, lane, serial: message.serial, text }));
      die('receiver in import');
      await arrived.record(tx);
    });
    die('receiver after import');
    await arrived.done();
  }
}
while ((await written()) < plan.messages || (await untold()) > 0) {
  await takeIn().catch((error) => {
    // A relay that is dead is there again soon: the next call finds it, or fails the same way.
    if (!plan.relay || (error.retry !== 'backoff' && error.retry !== 'now')) throw error;
  });
}
await transport.close();
await store.close();
