import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAddress } from 'careplan-renkei/transport';
import { verifyAudit } from '../core/audit.js';
import { dropCertificate, putCertificate } from '../core/certificates.js';
import { EntryRefused, putOffice, setStatus } from '../core/directory.js';
import { type OpenRelay, openRelay } from '../core/open.js';
import { Problem } from '../core/problem.js';
import { openPostgres } from '../store/postgres.js';
import { openSqlite } from '../store/sqlite.js';
import { readKey, readText } from './files.js';
import { languageOf, UsageError, WORDS } from './words.js';

interface Common {
  readonly folder?: string;
  readonly database?: string;
  readonly lang?: string;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const folderOf = ({ folder }: Common): string => resolve(folder ?? 'careplan-relay');

/** Does something with the store of a relay, beside the relay that may be running. */
async function withRelay<T>(options: Common, work: (relay: OpenRelay) => Promise<T>): Promise<T> {
  const database = options.database === undefined ? {} : { database: await openPostgres(options.database) };
  const relay = await openRelay({ folder: folderOf(options), ...database });
  try {
    return await work(relay);
  } finally {
    await relay.close();
  }
}

export async function officePut(file: string, options: Common & { readonly registrar: string }): Promise<number> {
  const words = WORDS[languageOf(options.lang)];
  const registrar = await readKey(options.registrar, words);
  const jws = (await readText(file, words)).trim();
  try {
    say(words.officePut(await withRelay(options, (relay) => putOffice(relay, registrar, jws))));
    return 0;
  } catch (error) {
    if (!(error instanceof EntryRefused)) throw error;
    process.stderr.write(`${words.officeRefused}\n`);
    return 1;
  }
}

export async function officeStatus(address: string, status: 'active' | 'suspended', options: Common): Promise<number> {
  const words = WORDS[languageOf(options.lang)];
  if (!parseAddress(address)) throw new UsageError(words.noAddress(address));
  return known(words.officeUnknown(address), async () => {
    await withRelay(options, (relay) => setStatus(relay, address, status));
    say(words.officeStatus(address, status));
  });
}

export async function certificatePut(
  address: string,
  file: string,
  options: Common & { readonly remove?: boolean },
): Promise<number> {
  const words = WORDS[languageOf(options.lang)];
  if (!parseAddress(address)) throw new UsageError(words.noAddress(address));
  const pem = await readText(file, words);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw new UsageError(words.noCertificate(file));
  }
  const change = options.remove ? dropCertificate : putCertificate;
  return known(options.remove ? words.certificateUnknown(address) : words.officeUnknown(address), async () => {
    await withRelay(options, (relay) => change(relay, address, certificate));
    say(options.remove ? words.certificateGone(address) : words.certificatePut(address));
  });
}

async function known(otherwise: string, work: () => Promise<void>): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    if (!(error instanceof Problem && ['office-unknown', 'not-found'].includes(error.slug))) throw error;
    process.stderr.write(`${otherwise}\n`);
    return 1;
  }
}

/** Reads the audit log through; only reads, so it may run beside the relay and on a copy. */
export async function auditVerify(options: Common & { readonly head?: string }): Promise<number> {
  const words = WORDS[languageOf(options.lang)];
  const path = join(folderOf(options), 'relay.sqlite');
  if (options.database === undefined && !existsSync(path)) throw new UsageError(words.noStore(folderOf(options)));
  const head = options.head === undefined ? undefined : /^([0-9]{1,15}):([0-9a-f]{64})$/.exec(options.head);
  if (head === null) throw new UsageError(words.head);
  const database = options.database === undefined ? openSqlite(path) : await openPostgres(options.database);
  try {
    const verdict = await verifyAudit(database, head && { seq: Number(head[1]), hash: head[2] ?? '' });
    if (verdict.ok) {
      const { seq, hash } = verdict.head;
      say(words.auditOk(verdict.entries, `${seq}:${hash}`));
      return 0;
    }
    process.stderr.write(`${words.auditFaults[verdict.fault](verdict.seq)}\n`);
    return 1;
  } finally {
    await database.close();
  }
}
