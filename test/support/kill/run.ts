import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportKeys, generateOfficeKeys, importKeys } from '../../../src/transport/envelope/index.js';
import { memoryNetwork } from '../../../src/transport/index.js';
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
  readonly road: 'server' | 'folder';
  readonly seed: number;
  readonly messages: number;
  /** The chance of death at a point that is met for the first time in a life. */
  readonly chance: number;
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
  /** The points at which sender and receiver died. */
  readonly deaths: readonly string[];
}

/** Sends messages from one process to another, each of which dies again and again, until all has come. */
export async function killRun({ root, road, seed, messages, chance }: KillRun): Promise<KillReport> {
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
  const deaths = { sender: at('sender.deaths'), receiver: at('receiver.deaths') };
  for (const file of Object.values(deaths)) writeFileSync(file, '');
  const plan = {
    ...{ seed, messages, chance, lanes, journals, deaths, keys, leaseMs: 200, addresses: { sender: a, receiver: b } },
    ...(server
      ? { port: Number(await firstLine(server)) }
      : {
          folders: { sender: at('folder'), receiver: at('taken') },
          receiving: { in: at('folder/out'), inManifests: at('folder/manifests') },
        }),
  };
  writeFileSync(at('plan.json'), JSON.stringify(plan));
  try {
    await Promise.all([live(here('sender.mjs'), at('plan.json')), live(here('receiver.mjs'), at('plan.json'))]);
  } finally {
    server?.stdin?.end();
  }
  return {
    book: await bookOf(journals.receiver, await sealOf(keys.receiver)),
    entries: await entriesOf(journals.sender, await sealOf(keys.sender)),
    deaths: Object.values(deaths).flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean)),
  };
}

const sealOf = async (file: string) => journalSeal(await importKeys(readFileSync(file, 'utf8')));

/** Begins a process again and again, until it ends by itself. */
async function live(script: string, plan: string): Promise<void> {
  for (let life = 0; life < LIVES; life++) {
    const child = spawn(process.execPath, [script, plan, String(life)], { stdio: ['ignore', 'inherit', 'pipe'] });
    const said: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      child.on('close', (...end) => resolve(end));
    });
    if (code === 0) return;
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
