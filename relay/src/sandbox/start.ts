import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RelayConfig } from '../core/config.js';
import type { Log } from '../core/log.js';
import { openRelay } from '../core/open.js';
import type { Relay } from '../core/relay.js';
import { isLoopback } from '../http/loopback.js';
import { type ListenOptions, listen, type RunningRelay } from '../server.js';
import { writeOnce } from '../store/write-once.js';
import { type DemoDirectory, type DemoOffice, newDemoDirectory } from './offices.js';
import { enterOffices, type Sandbox, sandboxOf } from './sandbox.js';

export interface SandboxOptions {
  readonly folder: string;
  readonly host?: string;
  readonly port?: number;
  readonly config?: Partial<RelayConfig>;
  readonly log?: Log;
  readonly listen?: Omit<ListenOptions, 'host' | 'port' | 'sandbox'>;
}

export interface RunningSandbox extends RunningRelay {
  readonly origin: string;
  readonly offices: readonly DemoOffice[];
  /** The public key of the demo registrar, as `DemoDirectory` holds it. */
  readonly directory: DemoDirectory;
  /** Where offices and keys are written down. */
  readonly keysFile: string;
  readonly sandbox: Sandbox;
  readonly relay: Relay;
}

/** A sandbox is asked to be what it must not be. */
export class SandboxRefused extends Error {
  override readonly name = 'SandboxRefused';
}

/** Starts a relay with two offices whose keys everybody may know. Only on this machine: throws `SandboxRefused` else. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { folder, host = '127.0.0.1', port = 0 } = options;
  if (!isLoopback(host)) throw new SandboxRefused('A sandbox listens on a loopback address only.');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keysFile = join(folder, 'demo-offices.json');
  await writeOnce(keysFile, async () => `${JSON.stringify(await newDemoDirectory(Date.now()), null, 2)}\n`);
  const directory = JSON.parse(await readFile(keysFile, 'utf8')) as DemoDirectory;
  const sandbox = sandboxOf(directory);
  const { now, tokenNow } = sandbox;
  // The origin is known when the port is.
  let origin = options.config?.origin ?? '';
  const config = { requestsPerSecond: 0, ...options.config };
  const relay = await openRelay({ folder, config, now, tokenNow, ...(options.log ? { log: options.log } : {}) });
  Object.defineProperty(relay.config, 'origin', { get: () => origin });
  await enterOffices(relay, directory);
  const running = await listen(relay, { ...options.listen, host, port, sandbox });
  origin ||= `http://${host.includes(':') ? `[${host}]` : host}:${running.port}`;
  return { ...running, origin, offices: directory.offices, directory, keysFile, sandbox, relay };
}
