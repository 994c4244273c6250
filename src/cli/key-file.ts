import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { exportKeys, generateOfficeKeys, importKeys, type OfficeKeys } from '../transport/envelope/index.js';
import { TransportError } from '../transport/index.js';
import { type HomeOptions, keysPathOf, makePrivate, passphraseOf } from './home.js';
import { Failure, type Language } from './io.js';
import { keysWordsOf } from './keys-words.js';

const codeOf = (error: unknown): unknown => Object(error).code;

/** Reads the keys. Throws a Failure with what to do where there are none, or none that can be opened. */
export async function readKeys(options: HomeOptions, language: Language): Promise<OfficeKeys> {
  const keys = await readKeysIfAny(options, language);
  if (!keys) throw new Failure(keysWordsOf(language).missing(keysPathOf(options)));
  return keys;
}

async function readKeysIfAny(options: HomeOptions, language: Language): Promise<OfficeKeys | undefined> {
  const path = keysPathOf(options);
  const words = keysWordsOf(language);
  const passphrase = await passphraseOf(options);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  if (platform() !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) process.stderr.write(`${words.open(path)}\n`);
  try {
    return await importKeys(text, passphrase === undefined ? {} : { passphrase });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const isUnnamed = error.code === 'config' && isLocked(text) && passphrase === undefined;
    const said = isUnnamed ? words.needsPassphrase : error.code === 'decrypt' ? words.wrongPassphrase : words.malformed;
    throw new Failure(said(path));
  }
}

/** Whether a text is that of a file with a passphrase: a compact JWE. */
const isLocked = (text: string): boolean => text.trim().split('.', 6).length === 5 && !text.trim().startsWith('{');

/**
 * The keys of the office. Where there are none they are made, without a passphrase, and a person is told; but where
 * something is sealed for the ones that are missing.
 */
export async function keysOrNew(options: HomeOptions, language: Language, isInUse: boolean): Promise<OfficeKeys> {
  const there = await readKeysIfAny(options, language);
  if (there) return there;
  const path = keysPathOf(options);
  if (isInUse) throw new Failure(keysWordsOf(language).lost(path));
  const keys = await generateOfficeKeys();
  // Another process may have been first.
  if (!(await createFile(path, await exportKeys(keys)))) return readKeys(options, language);
  process.stderr.write(`${keysWordsOf(language).madeByItself(path)}\n`);
  return keys;
}

/** Writes a file for its owner alone that is not there yet, whole and down to the device; false where one is. */
export async function createFile(path: string, text: string): Promise<boolean> {
  if (await isThere(path)) return false;
  await makePrivate(dirname(path));
  const temporary = await writeBeside(path, text);
  try {
    // Of all calls only a link refuses to take another's place.
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (await isThere(path)) return false;
    // A file system without links.
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Puts a file in the place of another, whole and down to the device. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = await writeBeside(path, text);
  try {
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

/**
 * Puts new keys in the place of the old ones. Until they are read again as they were written, a copy of the old file lies
 * beside; its path where it could not be taken away.
 */
export async function replaceKeys(
  keys: OfficeKeys,
  options: HomeOptions,
  language: Language,
): Promise<string | undefined> {
  const path = keysPathOf(options);
  const passphrase = await passphraseOf(options);
  const old = await readFile(path, 'utf8');
  const copy = `${path}.old-${randomUUID()}`;
  await createFile(copy, old);
  await replaceFile(path, await exportKeys(keys, passphrase === undefined ? {} : { passphrase }));
  const written = await readKeys(options, language);
  if (written.publicKeys.length !== keys.publicKeys.length) return copy;
  return rm(copy).then(
    () => undefined,
    () => copy,
  );
}

async function writeBeside(path: string, text: string): Promise<string> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return temporary;
}

/** Writes the names in a folder down to the device, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => {});
  await handle.close();
}
