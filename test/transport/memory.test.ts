import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { memoryNetwork } from '../../src/transport/index.js';
import { manualClock } from '../../src/transport/testing/index.js';
import { contract } from '../support/contract.js';
import { memoryHarness, OFFICES } from '../support/memory-harness.js';
import { attempt, slip } from '../support/slips.js';

await contract('memory', () => memoryHarness(), {
  expect: { acceptance: 'relay', idempotentSend: true, lookup: 'exact', recall: true, watch: true, listSent: true },
});

describe('a watch', () => {
  const begin = () => {
    const network = memoryNetwork();
    const b = network.connect(...OFFICES.b);
    const { signal } = new AbortController();
    const hints = b.watch?.({}, attempt({ signal }))[Symbol.asyncIterator]();
    if (!hints) throw new Error('there is no watch');
    return { a: network.connect(...OFFICES.a), b, signal, hints };
  };

  it('ends with its transport, also where the signal of the caller never fires', async () => {
    const { b, hints, signal } = begin();
    const next = hints.next();
    await b.close();
    await expect(next).rejects.toMatchObject({ code: 'closed' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('leaves nothing behind on the signal of the caller, however many hints it gave', async () => {
    const { a, hints, signal } = begin();
    for (let n = 0; n < 20; n++) {
      const next = hints.next();
      await a.send(await slip(n), attempt());
      await next;
    }
    expect(getEventListeners(signal, 'abort').length).toBeLessThan(3);
    await hints.return?.();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a list that waits', () => {
  it('goes on waiting when a message comes for another mailbox', async () => {
    const clock = manualClock();
    const network = memoryNetwork({ clock });
    const [a, b] = [network.connect(...OFFICES.a), network.connect(...OFFICES.b)];
    const call = b.list({ mailbox: OFFICES.b[1], waitMs: 1000 }, attempt());
    await clock.advance(500);
    await a.send(await slip(1), attempt());
    await clock.advance(0);
    const wanted = await slip(2, 'x', { to: OFFICES.b[1] });
    await a.send(wanted, attempt());
    expect((await call).items).toMatchObject([{ id: wanted.id }]);
  });
});
