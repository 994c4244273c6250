import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openRelay } from '../../../relay/src/core/open.js';
import { listen } from '../../../relay/src/server.js';
import { type DeliveryEvent, memoryStore, openInbox, openOutbox } from '../../../src/transport/outbox/index.js';
import { message } from '../../support/outbox.js';
import { officeOf, sandbox } from '../../support/relay-harness.js';
import { serialOf } from '../../support/slips.js';

const folder = await mkdtemp(join(tmpdir(), 'relay-backup-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a relay whose backup from before is put back', () => {
  it('has lost what it took over since: the outbox says so, and nobody has to find out by himself', async () => {
    const running = await sandbox();
    const [a, b] = [await officeOf(running, 0), await officeOf(running, 1)];
    const events: DeliveryEvent[] = [];
    const outbox = openOutbox({
      ...{ store: memoryStore(), transport: a.connect(), onEvent: (event: DeliveryEvent) => events.push(event) },
      ...{ keys: a.sealing.keys, directory: a.sealing.directory },
    });
    const put = (n: number) => outbox.enqueue(message(serialOf(n), { from: a.address, to: b.address }));
    const kept = await put(1);
    await outbox.flush();
    const backup = join(folder, 'backup');
    await cp(running.folder, backup, { recursive: true });
    const gone = await put(2);
    await outbox.flush();
    expect(await outbox.refresh()).toEqual([]);
    await running.stop(0);

    const relay = await openRelay({ folder: backup, config: { origin: running.origin } });
    const again = await listen(relay, { port: running.port, sweepMs: 0 });
    expect(await outbox.refresh()).toMatchObject([{ id: gone.id, state: 'accepted', code: 'message.unknown' }]);
    expect(events.filter(({ type }) => type === 'missing').map(({ messageId }) => messageId)).toEqual([gone.id]);
    expect(await outbox.get(gone.id)).toMatchObject({ code: 'message.unknown', receipt: { messageId: gone.id } });
    // Said once; and of what is there nothing is said.
    expect(await outbox.refresh()).toEqual([]);
    expect(events.filter(({ type }) => type === 'missing')).toHaveLength(1);
    expect(await outbox.get(kept.id)).not.toHaveProperty('code');

    // Its lane goes on, and the receiver is told that one before is missing.
    const next = await put(3);
    await outbox.flush();
    const arrivals: DeliveryEvent[] = [];
    const inbox = openInbox({
      ...{ store: memoryStore(), transport: b.connect(), onEvent: (event: DeliveryEvent) => arrivals.push(event) },
      ...{ keys: b.sealing.keys, directory: b.sealing.directory },
    });
    const taken: string[] = [];
    for await (const arrived of inbox.receive()) {
      taken.push(arrived.message.id);
      await arrived.done();
    }
    expect(taken).toEqual([kept.id, next.id]);
    expect(arrivals.filter(({ type }) => type === 'gap')).toHaveLength(1);
    await again.stop(0);
  });
});
