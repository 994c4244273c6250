import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { deliveryOf } from '../../src/cli/deliver.js';
import { progressOn } from '../../src/cli/progress.js';
import { roadOf, withRoad } from '../../src/cli/roads.js';
import { importKeys } from '../../src/transport/envelope/index.js';
import { memoryNetwork } from '../../src/transport/index.js';
import { fileJournalStore, journalSeal, memoryStore, openOutbox } from '../../src/transport/outbox/index.js';
import { careplanHome, startCareplan } from '../support/command.js';
import { careplanHere } from '../support/command-here.js';
import { emptyFolder, SAMPLES } from '../support/fixtures.js';
import { OFFICES } from '../support/memory-harness.js';
import { lesser, message } from '../support/outbox.js';

const SLIPS = join(SAMPLES, 'slip');
const names = (folder: string) => readdirSync(folder).sort();
const en = (...args: string[]) => careplanHere(...args, '--lang', 'en');
const outbox = (...args: string[]) => en('outbox', ...args);
const listed = async (...args: string[]) => JSON.parse((await outbox('list', '--json', ...args)).out).messages;

/** A road on which nothing can be laid down yet: a file stands where the folder `out` should be. */
async function blocked() {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'out'), 'in the way');
  const via = `folder:${folder}`;
  const sent = await en('send', SLIPS, '--via', via);
  return { folder, via, sent, mend: () => rmSync(join(folder, 'out')) };
}

/** The journal of a road, as the command keeps it. */
async function journalOf(via: string) {
  const keys = await importKeys(readFileSync(join(careplanHome(), 'keys.json'), 'utf8'));
  return fileJournalStore({ path: roadOf(via, { home: careplanHome() }).journal, seal: journalSeal(keys) });
}

/** A road with one message of which nobody knows whether it has arrived. */
async function inDoubt(): Promise<{ via: string; id: string }> {
  const via = `folder:${emptyFolder()}`;
  await en('send', join(SAMPLES, 'withdrawals'), '--via', via);
  const store = await journalOf(via);
  const network = memoryNetwork();
  const transport = lesser({ idempotentSend: false, lookup: 'none' })(network.connect(...OFFICES.a));
  const box = openOutbox({ store, transport });
  const { id } = await box.enqueue(message('20261125100000'));
  network.fault({ verb: 'send', code: 'timeout.response' });
  await box.flush();
  await store.close();
  return { via, id };
}

describe('careplan send keeps what cannot go', () => {
  it('says what is where and what to type, and a person tries again when the cause is mended', async () => {
    const { folder, via, sent, mend } = await blocked();
    expect(sent.code).toBe(1);
    expect(sent.out).toBe('');
    expect(sent.err).toMatch(/^5 transmissions are not handed over:$/m);
    expect(sent.err).toMatch(/^error storage\.io \(not-sent\) /m);
    const ids = [...sent.err.matchAll(/careplan outbox retry ([0-9a-f-]{8,}) --via/g)].map(([, id = '']) => id);
    expect(new Set(ids).size).toBeGreaterThan(0);
    const waiting = await listed();
    expect(waiting).toHaveLength(5);
    expect(waiting.filter(({ state }: { state: string }) => state === 'needs-person')).toHaveLength(ids.length);

    mend();
    const [first = '', ...others] = ids;
    const one = await outbox('retry', first);
    expect([one.code, one.out]).toEqual([1, expect.stringContaining(`${first} is tried again`)]);
    const rest = await outbox('retry', ...others);
    expect([rest.code, rest.err.match(/not handed over/)]).toEqual([0, null]);
    expect(names(join(folder, 'out'))).toEqual(names(SLIPS));
    expect((await outbox('list', '--via', via)).out).toBe('nothing waits (--all lists what has gone as well)\n');
  });

  it('sends what waits before what is new of the same sender and receiver, and with no path only what waits', async () => {
    const { folder, via, mend } = await blocked();
    mend();
    const again = await en('send', '--via', via);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('not handed over')]);
    const stopped = (await listed()).filter(({ state }: { state: string }) => state === 'needs-person');
    await outbox('retry', ...stopped.map(({ id }: { id: string }) => id));
    const nothing = await en('send', '--via', via);
    expect(nothing).toEqual({ code: 0, out: 'there is nothing to send\n', err: '' });
    expect(names(join(folder, 'out'))).toHaveLength(15);
  });

  it('sends nothing that a person gave up, and says so when the files come again', async () => {
    const { folder, via, mend } = await blocked();
    mend();
    for (const { id } of await listed()) {
      const { code, out } = await outbox('discard', id.slice(0, 8));
      expect([code, out]).toEqual([0, expect.stringContaining('is given up')]);
    }
    const again = await en('send', SLIPS, '--via', via);
    expect(again.code).toBe(1);
    expect(again.err.match(/discarded: it is not sent again: make the files anew/g)).toHaveLength(5);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('says of files that were handed over before that they were', async () => {
    const folder = emptyFolder();
    await en('send', SLIPS, '--via', `folder:${folder}`);
    const again = await en('send', SLIPS, '--via', `folder:${folder}/../${basename(folder)}`);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toMatch(/^5 transmissions were handed over before \(the last at 20[0-9: -]+\)/);
  });

  it('tries again by itself what goes a little later', async () => {
    const network = memoryNetwork();
    const store = memoryStore();
    const { outbox: box, deliver } = deliveryOf(
      store,
      network.connect(...OFFICES.a),
      { ...progressOn(), label: () => {}, at: () => {}, end: () => {} },
      () => '',
    );
    const { id } = await box.enqueue(message('20261125100000'));
    network.fault({ verb: 'send', code: 'unavailable' });
    expect(await deliver(new AbortController().signal)).toEqual(new Set([id]));
    expect((await box.get(id))?.attempts).toBe(2);
  });

  it('waits for another careplan on the same road, and both end well', async () => {
    const folder = emptyFolder();
    const via = `folder:${folder}`;
    expect((await en('keys', 'new')).code).toBe(0);
    const store = await journalOf(via);
    const both = [
      startCareplan('send', SLIPS, '--via', via, '--lang', 'en'),
      startCareplan('send', join(SAMPLES, 'withdrawals'), '--via', via, '--lang', 'en'),
    ];
    const waiting = both.map(
      ({ child }) => new Promise<string>((resolve) => child.stderr?.once('data', (chunk) => resolve(String(chunk)))),
    );
    // Both stand before the journal, which this process holds until they do.
    for (const text of await Promise.all(waiting)) expect(text).toContain(`another careplan works on ${via}: waiting`);
    await store.close();
    const ended = await Promise.all(both.map((one) => one.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(names(join(folder, 'out'))).toEqual([...names(SLIPS), ...names(join(SAMPLES, 'withdrawals'))].sort());
  });
});

describe('careplan outbox', () => {
  it('lists what has gone with --all, files by their names only when asked', async () => {
    const via = `folder:${emptyFolder()}`;
    await en('send', SLIPS, '--via', via);
    const plain = await outbox('list', '--all');
    expect([plain.code, plain.out.trim().split('\n').length]).toEqual([0, 6]);
    expect(plain.out).not.toContain('.CSV');
    expect((await outbox('list', '--all', '--show-names')).out.match(/\.CSV"$/gm)).toHaveLength(15);
    expect(await listed()).toEqual([]);
    const [first] = await listed('--all');
    expect(first).toMatchObject({ via, state: 'handed-off', files: expect.any(Array) });
    expect(first.files[0]).not.toHaveProperty('name');
    const japanese = await careplanHere('outbox', 'list', '--all', '--lang', 'ja');
    expect(japanese.out.match(/引き渡し済み$/gm)).toHaveLength(5);
  });

  it('reads beside a careplan that is at work', async () => {
    const { via, sent } = await blocked();
    expect(sent.code).toBe(1);
    const store = await journalOf(via);
    expect(await listed()).toHaveLength(5);
    await store.close();
  });

  it('says that no road was used, and makes nothing', async () => {
    const { code, out } = await outbox('list');
    expect([code, out]).toEqual([0, 'no road was used yet\n']);
    expect(names(careplanHome())).toEqual([]);
  });

  it('takes the word of a person who knows that a message in doubt has arrived', async () => {
    const { via, id } = await inDoubt();
    const { out } = await outbox('list');
    expect(out).toContain('in doubt: it may have arrived');
    expect(out).toContain(`careplan outbox confirm ${id.slice(0, 8)} --via ${via}`);
    const confirmed = await outbox('confirm', id.slice(0, 8));
    expect([confirmed.code, confirmed.out]).toEqual([0, `${id.slice(0, 8)} has arrived, as you say\n`]);
    expect(await listed()).toEqual([]);
  });

  it('proves what was sent: as JSON to a file, and as text in both languages', async () => {
    const via = `folder:${emptyFolder()}`;
    await en('send', SLIPS, '--via', via);
    const [{ id, files }] = await listed('--all');
    const file = join(emptyFolder(), 'proof.json');
    expect(await outbox('export-proof', id.slice(0, 8), '--out', file)).toEqual({ code: 0, out: '', err: '' });
    const proof = JSON.parse(readFileSync(file, 'utf8'));
    expect(proof).toMatchObject({
      type: 'careplan-delivery-proof',
      id,
      state: 'handed-off',
      receipt: { messageId: id },
    });
    const text = await outbox('export-proof', id, '--text');
    expect(text.out.startsWith('Record of a transmission\n')).toBe(true);
    expect(text.out).toContain(proof.receipt.digest);
    for (const { sha256 } of files) expect(text.out).toContain(sha256);
    expect(text.out).not.toContain('.CSV');
    const japanese = await careplanHere('outbox', 'export-proof', id, '--text', '--show-names', '--lang', 'ja');
    expect(japanese.out.startsWith('送信の記録\n')).toBe(true);
    expect(japanese.out).toContain('.CSV');
  });

  it('asks what became of what has gone', async () => {
    const via = `folder:${emptyFolder()}`;
    await en('send', SLIPS, '--via', via);
    expect(await outbox('refresh')).toEqual({ code: 0, out: 'asked about 5 messages, news of 0\n', err: '' });
  });

  it.each([
    ['an id that is not there', 1, ['retry', '01234567'], 'there is no message 01234567'],
    ['an id of fewer than 8 characters', 2, ['retry', '0123'], 'the first 8 characters'],
    ['no id', 2, ['discard'], "missing required argument 'ID'"],
    ['an unknown part', 2, ['frobnicate'], 'unknown command'],
    ['an unknown road', 2, ['list', '--via', 'pigeon:x'], '--via must be folder:DIR'],
  ])('%s: exit code %i and a sentence', async (_, exit, args, said) => {
    const { code, err } = await outbox(...args);
    expect([code, err]).toEqual([exit, expect.stringContaining(said)]);
  });

  it('has nothing to decide about what is handed over', async () => {
    const via = `folder:${emptyFolder()}`;
    await en('send', SLIPS, '--via', via);
    const [{ id }] = await listed('--all');
    for (const decision of ['retry', 'discard', 'confirm']) {
      const { code, err } = await outbox(decision, id);
      const said = `careplan: there is nothing to decide about ${id.slice(0, 8)}: it is handed over\n`;
      expect([code, err]).toEqual([1, said]);
    }
  });

  it('asks for the road where the same files went by two', async () => {
    const [a, b] = [emptyFolder(), emptyFolder()];
    for (const folder of [a, b]) await en('send', SLIPS, '--via', `folder:${folder}`);
    const [{ id }] = await listed('--all');
    const { code, err } = await outbox('export-proof', id);
    expect([code, err]).toEqual([1, expect.stringContaining('give more of the id, or --via')]);
    expect((await outbox('export-proof', id, '--via', `folder:${b}`)).code).toBe(0);
  });
});

describe('a damaged journal', () => {
  /** A road with five messages handed over, and the file of its journal. */
  async function used() {
    const via = `folder:${emptyFolder()}`;
    await en('send', SLIPS, '--via', via);
    const folder = roadOf(via, { home: careplanHome() }).journal;
    const file = join(folder, names(folder).find((name) => name.startsWith('journal.')) ?? '');
    return { via, folder, file };
  }

  it('stops every command with what to do, and repair says what is lost', async () => {
    const { via, file } = await used();
    const bytes = readFileSync(file);
    const at = bytes.length - 400;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    for (const args of [
      ['send', SLIPS, '--via', via],
      ['outbox', 'list'],
      ['outbox', 'refresh'],
    ]) {
      const { code, err } = await en(...args);
      expect([code, err]).toEqual([1, expect.stringContaining(`type careplan outbox repair --via ${via}`)]);
    }
    const repaired = await outbox('repair', '--via', via);
    expect(repaired.code).toBe(1);
    expect(repaired.out).toMatch(/transactions are kept; lost are the last [0-9]+ bytes/);
    expect(existsSync(/put aside: (.*)$/m.exec(repaired.out)?.[1] ?? '')).toBe(true);
    // That the last message was handed over is what was lost, and its files went when it was.
    const again = await en('send', SLIPS, '--via', via);
    expect(again.code).toBe(1);
    expect(again.out).toMatch(/^4 transmissions were handed over before/m);
    const [, discard = ''] = /its files are lost\. .* careplan (outbox discard [0-9a-f]+)/.exec(again.err) ?? [];
    expect((await en(...discard.split(' '))).code).toBe(0);
    expect(await listed()).toEqual([]);
    const sound = await outbox('repair');
    expect([sound.code, sound.out]).toEqual([0, expect.stringContaining('is sound')]);
  });

  it('needs a backup where its beginning is damaged', async () => {
    const { via, file } = await used();
    writeFileSync(file, `x${readFileSync(file, 'latin1').slice(1)}`, 'latin1');
    const { code, err } = await outbox('repair', '--via', via);
    expect([code, err]).toEqual([1, expect.stringContaining('put a backup in the place of')]);
  });

  it('drops and tells a line that was never finished', async () => {
    const { via, file } = await used();
    const store = await journalOf(via);
    await store.transact((tx) => tx.set('out/last/never', 'confirmed'));
    await store.close();
    truncateSync(file, readFileSync(file).length - 10);
    const { code, err } = await en('send', SLIPS, '--via', via);
    expect([code, err]).toEqual([0, expect.stringMatching(/^an earlier careplan was interrupted/)]);
  });

  it('is told from one that is sealed for other keys', async () => {
    const { via } = await used();
    rmSync(join(careplanHome(), 'keys.json'));
    const without = await outbox('list');
    expect([without.code, without.err]).toEqual([1, expect.stringContaining('careplan keys new makes keys')]);
    const sending = await en('send', SLIPS, '--via', via);
    expect([sending.code, sending.err]).toEqual([1, expect.stringContaining('put a copy of it back')]);
    await en('keys', 'new');
    const { code, err } = await en('send', SLIPS, '--via', via);
    expect([code, err]).toEqual([1, expect.stringContaining('is sealed for other keys')]);
  });

  it('comes back with its folder from a backup', async () => {
    const { via, folder } = await used();
    const backup = join(emptyFolder(), 'journal');
    cpSync(folder, backup, { recursive: true });
    rmSync(folder, { recursive: true });
    cpSync(backup, folder, { recursive: true });
    expect(await listed('--all', '--via', via)).toHaveLength(5);
  });
});

describe('careplan receive', () => {
  it('takes what has come once, though it comes again', async () => {
    const [a, b, out] = [emptyFolder(), emptyFolder(), emptyFolder()];
    await en('send', SLIPS, '--via', `folder:${a}`);
    const take = (...more: string[]) => en('receive', '--via', `folder:${b}`, '--out', out, '--stable', '0', ...more);
    for (const count of [5, 0]) {
      cpSync(join(a, 'out'), join(b, 'in'), { recursive: true });
      const { code, out: said } = await take();
      expect([code, said]).toEqual([0, `${count} transmissions written to ${out}\n`]);
      expect(names(join(b, 'in'))).toEqual([]);
    }
  });

  it('tells of another careplan that does not end', async () => {
    const via = `folder:${emptyFolder()}`;
    await en('keys', 'new');
    const store = await journalOf(via);
    const home = careplanHome();
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const waiting = withRoad(roadOf(via, { home }), { home }, 'en', async () => {}, 100);
    await expect(waiting).rejects.toThrow(`another careplan works on ${via}, and did not end within 0.1 seconds`);
    told.mockRestore();
    await store.close();
  });
});
