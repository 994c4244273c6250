/**
 * What a relay takes over: messages of 55 kB, sealed before, from the driver over loopback to a sandbox in a process of its
 * own, in one request and part by part, beside the same rows in bare SQL: in turn, message by message, so that all meet the
 * same disk. Then many at once. Run: npm run bench:relay [-- --json]
 */
import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningSandbox, startSandbox } from 'careplan-relay';
import { messageId, parseAddress } from 'careplan-renkei/transport';
import {
  encryptionKeys,
  officeKeys,
  outboundOf,
  type PrivateJwk,
  sealMessage,
} from 'careplan-renkei/transport/envelope';
import { relayTransport } from 'careplan-renkei/transport/relay';
import { sendInParts } from './relay-parts.js';
import { bareSql } from './relay-sql.js';

const RUNS = 300;
const WARM = 20;
const AT_ONCE = 16;
/** Three files that do not compress: 55 kB when they are sealed. */
const FILE_BYTES = 12_900;
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'careplan-bench-'));
const relay = fork(fileURLToPath(new URL('relay-process.ts', import.meta.url)), [join(folder, 'relay')]);
const [sandbox] = (await once(relay, 'message')) as [Pick<RunningSandbox, 'origin' | 'offices'>];
// A database of its own for bare SQL, made and filled with the same offices by the same program.
await (await startSandbox({ folder: join(folder, 'bare'), listen: { sweepMs: 0 } })).stop(0);

function office(n: 0 | 1) {
  const { address: name = '', signingKey, sealingKey } = sandbox.offices[n] ?? {};
  const address = parseAddress(name);
  if (!address) throw new Error('not an office');
  const jwks = [
    { ...signingKey, use: 'sig' },
    { ...sealingKey, use: 'enc' },
  ];
  return { name, address, keys: officeKeys(jwks as PrivateJwk[]) };
}

const [ann, bob] = [office(0), office(1)];
const { origin } = sandbox;
const transport = relayTransport({ origin, identities: [{ address: ann.address, signer: ann.keys.signer }] });
const sql = bareSql(join(folder, 'bare'), ann.name, bob.name);

let made = 0;
/** A message of its own, sealed: no two have the same bytes. */
async function sealed() {
  const id = messageId();
  const serial = String(20_261_125_000_000 + made++);
  const createdAt = Date.now();
  const files = [0, 1, 2].map((n) => {
    const name = `UPPLAN_${n}.CSV`;
    return { name, kind: 'UPPLAN', mediaType: 'text/csv', bytes: new Uint8Array(randomBytes(FILE_BYTES)) };
  });
  const message = {
    id,
    from: ann.address,
    to: bob.address,
    serial,
    standard: '4.1' as const,
    kinds: ['UPPLAN'],
    files,
  };
  const recipients = encryptionKeys(bob.keys.publicKeys, createdAt);
  const options = { keys: ann.keys, recipients, previous: null, createdAt, expiresAt: createdAt + DAY };
  const whole = await sealMessage(message, options);
  const parts = whole.parts.map((part) => {
    const bytes = Buffer.from(part, 'latin1');
    return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  const bytes = whole.header.length + whole.parts.reduce((sum, part) => sum + part.length, 0);
  return { id, bytes, whole, outbound: await outboundOf(whole), stored: { id, serial, header: whole.header, parts } };
}

const send = ({ outbound }: Awaited<ReturnType<typeof sealed>>) =>
  transport.send(outbound, { signal: new AbortController().signal, deadline: Date.now() + 60_000, attempt: 1 });

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const rounded = (value: number) => Number(value.toFixed(2));

/** Messages per second, and the middle and the slowest of a hundred, in milliseconds. */
function figures(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { perSecond: rounded((1000 * times.length) / total), p50: at(0.5), p99: at(0.99) };
}

async function measured() {
  const times = { single: [], parts: [], commit: [], bare: [] } as Record<
    'single' | 'parts' | 'commit' | 'bare',
    number[]
  >;
  let bytes = 0;
  for (let run = -WARM; run < RUNS; run++) {
    const [one, two, three] = [await sealed(), await sealed(), await sealed()];
    bytes = one.bytes;
    let commit = 0;
    const single = await timed(() => send(one));
    const parts = await timed(async () => {
      commit = await sendInParts(origin, ann.address, ann.keys.signer, two.id, two.whole);
    });
    const bare = await timed(() => sql.insert(three.stored));
    if (run < 0) continue;
    times.single.push(single);
    times.parts.push(parts);
    times.commit.push(commit);
    times.bare.push(bare);
  }
  if (sql.count() !== RUNS + WARM) throw new Error('not comparable: rows');
  const waiting: Awaited<ReturnType<typeof sealed>>[] = [];
  for (let i = 0; i < RUNS; i++) waiting.push(await sealed());
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await send(next);
    }),
  );
  const perSecond = rounded((1000 * RUNS) / (performance.now() - start));
  const { single, parts, commit, bare } = times;
  const [ofSingle, ofParts, ofBare] = [figures(single), figures(parts), figures(bare)];
  const { p50, p99 } = figures(commit);
  return {
    node: process.version,
    messages: RUNS,
    bytes,
    single: { ...ofSingle, timesBare: rounded(ofSingle.p50 / ofBare.p50) },
    parts: { ...ofParts, timesBare: rounded(ofParts.p50 / ofBare.p50), commit: { p50, p99 } },
    bare: ofBare,
    atOnce: { senders: AT_ONCE, perSecond, timesBare: rounded(ofBare.perSecond / perSecond) },
  };
}

try {
  const result = await measured();
  const { single, parts, bare, atOnce } = result;
  if (process.argv.includes('--json')) console.log(JSON.stringify(result, null, 2));
  else {
    const line = (what: string, { perSecond, p50, p99 }: ReturnType<typeof figures>, times = '') =>
      console.log(
        `  ${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(1).padStart(6)} ms  p99 ${p99.toFixed(1).padStart(6)} ms  ${times.padStart(6)}  ${what}`,
      );
    console.log(`${RUNS} messages of ${result.bytes} bytes (header, manifest, three files), one after another:`);
    line('in one request, by the driver', single, `${single.timesBare.toFixed(1)}x`);
    line('part by part: six requests', parts, `${parts.timesBare.toFixed(1)}x`);
    line('the same rows in bare SQL, one transaction', bare, '1.0x');
    console.log(`  commit at the end of the parts: p50 ${parts.commit.p50} ms, p99 ${parts.commit.p99} ms`);
    console.log(`\n${atOnce.senders} at once, in one request each: ${atOnce.perSecond.toFixed(0)}/s`);
    console.log(`
In one request, the time is that of the commit: from the call of the driver to the receipt that it has proved. Every message
is on the disk by then (synchronous=FULL), and so is every token, in a transaction of its own, that it may not be used twice:
two commits for one request, twelve for six; of many at once, those that are there together share one. x: how many times as
long as bare SQL, by the medians of this run. The sender has the same processors; on two machines more goes through, and each
message takes longer by the way.`);
  }
} finally {
  await transport.close();
  sql.close();
  relay.disconnect();
  await once(relay, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
