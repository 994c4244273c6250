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
while ((await written()) < plan.messages || (await untold()) > 0) {
  for await (const arrived of inbox.receive({ waitMs: 500 })) {
    const { message } = arrived;
    const text = Buffer.from(message.files[0].bytes).toString();
    die('receiver before import');
    await store.transact(async (tx) => {
      const page = String((await tx.keys('book/')).length).padStart(6, '0');
      await tx.set(
        `book/${page}`,
        JSON.stringify({
          id: message.id,
          lane: JSON.stringify([message.from, message.to]),
          serial: message.serial,
          text,
        }),
      );
      die('receiver in import');
      await arrived.record(tx);
    });
    die('receiver after import');
    await arrived.done();
  }
}
await transport.close();
await store.close();
