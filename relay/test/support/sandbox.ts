import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fetch, type RelayClient, relayClient, type Told, told } from '../../src/conformance/client.js';
import type { RelayConfig } from '../../src/core/config.js';
import { jsonLog } from '../../src/core/log.js';
import { type OpenRelay, openRelay } from '../../src/core/open.js';
import { type RelayApp, relayApp } from '../../src/http/app.js';
import { type DemoDirectory, newDemoDirectory } from '../../src/sandbox/offices.js';
import { enterOffices, type Sandbox, sandboxOf } from '../../src/sandbox/sandbox.js';
import type { Blobs } from '../../src/store/blobs.js';
import type { Database } from '../../src/store/database.js';
import { checkAnswer } from './answers.js';

export const ORIGIN = 'http://127.0.0.1:8787';

export interface TestRelay {
  readonly folder: string;
  readonly relay: OpenRelay;
  readonly app: RelayApp;
  readonly sandbox: Sandbox;
  readonly directory: DemoDirectory;
  /** Asks in process; every answer is held against the schema of its operation. */
  readonly fetch: Fetch;
  readonly a: RelayClient;
  readonly b: RelayClient;
  /** Asks as an office without a token: cheaper, where tokens are not the point. */
  demo(address: string, method: string, path: string, body?: Uint8Array<ArrayBuffer> | object): Promise<Told>;
  /** The lines of the log so far. */
  readonly lines: string[];
  close(): Promise<void>;
}

let keys: Promise<DemoDirectory> | undefined;

/** A sandbox in process, with a folder of its own. */
export async function testRelay(
  config: Partial<RelayConfig> = {},
  given: {
    readonly database?: (folder: string) => Database;
    readonly blobs?: (folder: string) => Blobs;
    readonly folder?: string;
  } = {},
): Promise<TestRelay> {
  keys ??= newDemoDirectory(Date.now());
  const directory = await keys;
  const folder = given.folder ?? (await mkdtemp(join(tmpdir(), 'careplan-relay-')));
  const sandbox = sandboxOf(directory);
  const lines: string[] = [];
  const relay = await openRelay({
    folder,
    config: { origin: ORIGIN, requestsPerSecond: 0, ...config },
    now: sandbox.now,
    tokenNow: sandbox.tokenNow,
    log: jsonLog((line) => lines.push(line)),
    ...(given.database ? { database: given.database(folder) } : {}),
    ...(given.blobs ? { blobs: given.blobs(folder) } : {}),
  });
  await enterOffices(relay, directory);
  const app = relayApp(relay, { sandbox });
  const fetch: Fetch = async (request) => {
    const answer = await app.fetch(request);
    await checkAnswer(request, answer.clone());
    return answer;
  };
  const [a, b] = directory.offices.map((office) => relayClient(ORIGIN, office, fetch)) as [RelayClient, RelayClient];
  return {
    folder,
    relay,
    app,
    sandbox,
    directory,
    fetch,
    a,
    b,
    async demo(address, method, path, body) {
      const isBytes = body instanceof Uint8Array;
      const headers = {
        Authorization: `Demo ${address}`,
        ...(body ? { 'Content-Type': isBytes ? 'application/octet-stream' : 'application/json' } : {}),
      };
      const init = body ? { method, headers, body: isBytes ? body : JSON.stringify(body) } : { method, headers };
      return told(await fetch(new Request(ORIGIN + path, init)));
    },
    lines,
    async close() {
      await relay.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
