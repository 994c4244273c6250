import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportKeys, generateOfficeKeys, importKeys, signEntry } from '../../../src/transport/envelope/index.js';
import { type Address, memoryNetwork } from '../../../src/transport/index.js';
import {
  fileJournalStore,
  type JournalSeal,
  journalSeal,
  type OutboxEntry,
  openOutbox,
} from '../../../src/transport/outbox/index.js';
import { OFFICES } from '../memory-harness.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** No run has more lives of one process: a process that never comes on is a failure, not a wait. */
const LIVES = 2000;

export interface KillRun {
  /** An empty folder. */
  readonly root: string;
  readonly road: 'server' | 'folder' | 'relay';
  readonly seed: number;
  readonly messages: number;
  /** The chance of death at a point that is met for the first time in a life. */
  readonly chance: number;
  /** How often each process dies at most. */
  readonly lives: number;
}

export interface KillReport {
  /** What the receiver's book says, in the order of its pages. */
  readonly book: readonly {
    readonly id: string;
    readonly lane: string;
    readonly serial: string;
    readonly text: string;
  }[];
  readonly entries: readonly OutboxEntry[];
  /** The points at which sender, receiver and relay died. */
  readonly deaths: readonly string[];
}

/** Sends messages from one process to another, each of which dies again and again, until all has come. */
export async function killRun({ root, road, seed, messages, chance, lives }: KillRun): Promise<KillReport> {
  const at = (name: string) => join(root, name);
  const [a, b] = [OFFICES.a, OFFICES.b];
  const lanes = [
    { from: a[0], to: b[0] },
    { from: a[0], to: b[1] },
    { from: a[1], to: b[0] },
  ];
  for (const folder of ['folder/out', 'folder/manifests']) mkdirSync(at(folder), { recursive: true });
  const server =
    road === 'server'
      ? spawn(process.execPath, [here('server.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] })
      : undefined;
  const keys = { sender: at('sender.keys'), receiver: at('receiver.keys') };
  for (const file of Object.values(keys)) writeFileSync(file, await exportKeys(await generateOfficeKeys()));
  const journals = { sender: at('sender'), receiver: at('receiver') };
  const deaths = { sender: at('sender.deaths'), receiver: at('receiver.deaths'), relay: at('relay.deaths') };
  for (const file of Object.values(deaths)) writeFileSync(file, '');
  const plan = {
    ...{
      seed,
      messages,
      chance,
      lives,
      lanes,
      journals,
      deaths,
      keys,
      leaseMs: 200,
      addresses: { sender: a, receiver: b },
    },
    ...(road === 'relay' ? await relayPlan(at('relay'), [...a, ...b], keys) : {}),
    ...(server
      ? { port: Number(await firstLine(server)) }
      : {
          folders: { sender: at('folder'), receiver: at('taken') },
          receiving: { in: at('folder/out'), inManifests: at('folder/manifests') },
        }),
  };
  writeFileSync(at('plan.json'), JSON.stringify(plan));
  const done = new AbortController();
  const children = new Set<ChildProcess>();
  const relay = road === 'relay' ? live(here('relay.mjs'), at('plan.json'), children, done.signal) : undefined;
  const both = Promise.all([
    live(here('sender.mjs'), at('plan.json'), children),
    live(here('receiver.mjs'), at('plan.json'), children),
  ]);
  try {
    // A relay that ends by itself before them has failed.
    await Promise.race([both, ...(relay ? [relay.then(() => both)] : [])]);
  } finally {
    server?.stdin?.end();
    done.abort();
    // Where one failed, the others would go on for ever.
    for (const child of children) child.kill('SIGKILL');
    await relay?.catch(() => {});
  }
  return {
    book: await bookOf(journals.receiver, await sealOf(keys.receiver)),
    entries: await entriesOf(journals.sender, await sealOf(keys.sender)),
    deaths: Object.values(deaths).flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean)),
  };
}

const sealOf = async (file: string) => journalSeal(await importKeys(readFileSync(file, 'utf8')));

/** What a relay needs to be begun again and again: a port that stays, and a directory that a registrar signed. */
async function relayPlan(
  folder: string,
  addresses: readonly Address[],
  files: Readonly<Record<'sender' | 'receiver', string>>,
) {
  const registrar = await generateOfficeKeys();
  const offices = { sender: OFFICES.a as readonly Address[], receiver: OFFICES.b as readonly Address[] };
  const entries: string[] = [];
  for (const side of ['sender', 'receiver'] as const) {
    const { publicKeys } = await importKeys(readFileSync(files[side], 'utf8'));
    for (const address of addresses.filter((one) => offices[side].includes(one))) {
      entries.push(await signEntry({ address, issuedAt: Date.now(), keys: publicKeys }, registrar.signer));
    }
  }
  const port = await freePort();
  const jwk = registrar.publicKeys.find(({ use }) => use === 'sig')?.jwk;
  return { origin: `http://127.0.0.1:${port}`, relay: { folder, port, entries, registrar: jwk } };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** Begins a process again and again, until it ends by itself, or because its input ends with the signal. */
async function live(script: string, plan: string, children: Set<ChildProcess>, until?: AbortSignal): Promise<void> {
  for (let life = 0; life < LIVES; life++) {
    if (until?.aborted) return;
    const child = spawn(process.execPath, [script, plan, String(life)], { stdio: ['pipe', 'inherit', 'pipe'] });
    children.add(child);
    child.once('exit', () => children.delete(child));
    const end = () => void child.stdin?.end();
    until?.addEventListener('abort', end, { once: true });
    child.once('exit', () => until?.removeEventListener('abort', end));
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      child.on('close', (...end) => resolve(end));
    });
    if (code === 0 || until?.aborted) return;
    if (signal !== 'SIGKILL') throw new Error(`${script} ended with ${code ?? signal}: ${Buffer.concat(said)}`);
  }
  throw new Error(`${script} had ${LIVES} lives and did not come to its end`);
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(String(chunk).trim()));
    child.once('exit', () => reject(new Error('the server ended')));
  });
}

async function bookOf(path: string, seal: JournalSeal): Promise<KillReport['book']> {
  const store = await fileJournalStore({ path, seal });
  const pages = await store.transact(async (tx) => Promise.all((await tx.keys('book/')).map((key) => tx.get(key))));
  await store.close();
  return pages.map((page) => JSON.parse(page ?? ''));
}

async function entriesOf(path: string, seal: JournalSeal): Promise<readonly OutboxEntry[]> {
  const store = await fileJournalStore({ path, seal });
  const entries: OutboxEntry[] = [];
  for await (const entry of openOutbox({ store, transport: memoryNetwork().connect() }).list()) entries.push(entry);
  await store.close();
  return entries;
}
