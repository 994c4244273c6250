import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenRelay, openRelay } from '../../relay/src/core/open.js';
import type { RunningSandbox } from '../../relay/src/index.js';
import { enterOffices } from '../../relay/src/sandbox/sandbox.js';
import { type ListenOptions, listen } from '../../relay/src/server.js';
import { cuttingProxy } from './cutting-proxy.js';

/** A relay with the offices of a sandbox that is reached by TLS. */
export async function tlsRelay(
  { directory }: RunningSandbox,
  tls: NonNullable<ListenOptions['tls']>,
): Promise<{ readonly origin: string; readonly relay: OpenRelay; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-tls-'));
  // A port that is known before the relay is there, which must know its origin.
  const proxy = await cuttingProxy();
  const origin = `https://127.0.0.1:${proxy.port}`;
  const relay = await openRelay({ folder, config: { origin, requestsPerSecond: 0 } });
  await enterOffices(relay, directory);
  const listening = await listen(relay, { tls, sweepMs: 0 });
  proxy.target = listening.port;
  return {
    origin,
    relay,
    async close() {
      await proxy.close();
      await listening.stop(0);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
