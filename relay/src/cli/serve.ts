import { resolve } from 'node:path';
import { errorCode, jsonLog, type Log } from '../core/log.js';
import { openRelay } from '../core/open.js';
import { SandboxRefused, startSandbox } from '../sandbox/start.js';
import { listen, type RunningRelay } from '../server.js';
import { NewerSchema } from '../store/migrate.js';
import { openPostgres } from '../store/postgres.js';
import { readKey, readText } from './files.js';
import { languageOf, UsageError, WORDS } from './words.js';

export interface ServeOptions {
  readonly sandbox?: boolean;
  readonly folder?: string;
  readonly host?: string;
  readonly port?: string;
  readonly origin?: string;
  readonly allowOrigin?: readonly string[];
  readonly registrar?: string;
  readonly database?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly log?: boolean;
  readonly lang?: string;
}

/** Serves until a signal ends it. Resolves with the exit code. */
export async function serve(options: ServeOptions): Promise<number> {
  const words = WORDS[languageOf(options.lang)];
  const quiet = options.sandbox === true && !options.log;
  const log: Log = quiet ? () => {} : jsonLog((line) => process.stderr.write(line));
  const port = Number(options.port ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port 0..65535');
  if (options.sandbox && options.database !== undefined) throw new UsageError(words.sandboxDatabase);
  if (options.sandbox && options.registrar) throw new UsageError(words.registrar);
  if (!options.sandbox && !options.registrar) throw new UsageError(words.mode);
  if (!(options.allowOrigin ?? []).every(isOrigin)) throw new UsageError(words.allowOrigin);
  try {
    const running = options.sandbox ? await sandbox(options, port, log) : await production(options, port, log);
    return await untilSignal(running, log);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof SandboxRefused) throw new UsageError(words.loopback);
    const { code } = Object(error) as { code?: string };
    process.stderr.write(`${sayWhy(words, code, error, port)}\n`);
    return 1;
  }
}

function sayWhy(words: (typeof WORDS)['en' | 'ja'], code: string | undefined, error: unknown, port: number): string {
  if (code === 'EADDRINUSE') return words.portTaken(port);
  if (code === 'ERR_MODULE_NOT_FOUND') return words.noPg;
  return error instanceof NewerSchema ? words.newer : words.failed(errorCode(error));
}

async function sandbox(options: ServeOptions, port: number, log: Log): Promise<RunningRelay> {
  const words = WORDS[languageOf(options.lang)];
  const folder = resolve(options.folder ?? 'careplan-relay-sandbox');
  const { host, origin, allowOrigin = [] } = options;
  const running = await startSandbox({
    folder,
    port,
    ...(host === undefined ? {} : { host }),
    config: { allowOrigins: allowOrigin, ...(origin === undefined ? {} : { origin }) },
    log,
  });
  const [first, second] = running.offices.map(({ address }) => address);
  const at = `${running.origin}/v1/mailboxes/${second}/inbox`;
  const lines = [
    words.sandbox(running.origin, folder),
    '',
    words.offices,
    ...[first, second].map((address = '') => `  ${address}  ${words.says[address] ?? ''}`),
    words.keys(running.keysFile),
    '',
    words.next,
    `  ${running.origin}/`,
    `      ${words.look}`,
    `  curl -H 'Authorization: Demo ${second}' ${at}`,
    `      ${words.inbox}`,
    `  npx careplan-relay conformance --base-url ${running.origin} --offices ${running.keysFile}`,
    `      ${words.prove}`,
    `  curl ${running.origin}/sandbox/v1/snapshot`,
    `      ${words.shown}`,
    '',
    words.stop,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return running;
}

async function production(options: ServeOptions, port: number, log: Log): Promise<RunningRelay> {
  const words = WORDS[languageOf(options.lang)];
  const { tlsCert, tlsKey, tlsCa, host, origin, allowOrigin = [] } = options;
  if (origin === undefined || !isOrigin(origin)) throw new UsageError(words.origin);
  if ((tlsCert === undefined) !== (tlsKey === undefined) || (tlsCa !== undefined && tlsCert === undefined)) {
    throw new UsageError(words.tls);
  }
  // Entries are put into the directory by `office put`; a key that cannot be read is told at once.
  await readKey(options.registrar ?? '', words);
  const read = async (file: string | undefined) => (file === undefined ? undefined : await readText(file, words));
  const [cert, key, ca] = [await read(tlsCert), await read(tlsKey), await read(tlsCa)];
  const database = options.database === undefined ? {} : { database: await openPostgres(options.database) };
  const folder = resolve(options.folder ?? 'careplan-relay');
  const relay = await openRelay({ folder, config: { origin, allowOrigins: allowOrigin }, log, ...database });
  const tls = cert && key ? { cert, key, ...(ca ? { ca } : {}) } : undefined;
  const running = await listen(relay, { port, tls, ...(host === undefined ? {} : { host }) });
  process.stdout.write(`${words.relay(origin)}\n`);
  log('info', 'listening', { origin, count: running.port });
  return running;
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** Waits for SIGTERM or SIGINT, then for what is running; a second signal ends it at once. */
async function untilSignal(running: RunningRelay, log: Log): Promise<number> {
  const signals = ['SIGTERM', 'SIGINT'] as const;
  await new Promise<void>((end) => {
    const first = () => {
      for (const signal of signals) process.off(signal, first);
      end();
    };
    for (const signal of signals) process.on(signal, first);
  });
  log('info', 'stopping');
  await running.stop();
  return 0;
}
