import { chmod, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from './io.js';

/** Where the command keeps keys and messages, and what opens the keys. */
export interface HomeOptions {
  home?: string;
  keys?: string;
  passphraseFile?: string;
}

/** The folder of keys and messages: `--home`, else `CAREPLAN_HOME`, else `~/.careplan`. */
export const homeOf = ({ home }: HomeOptions): string =>
  resolve(home ?? (process.env.CAREPLAN_HOME || join(homedir(), '.careplan')));

/** The file of the keys: `--keys`, else `keys.json` of the home. */
export const keysPathOf = (options: HomeOptions): string => resolve(options.keys ?? join(homeOf(options), 'keys.json'));

/** Makes a folder for its owner alone; one that is there stays as it is. */
export async function makePrivate(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await chmod(folder, 0o700);
}

/** The passphrase of the keys: the first line of `--passphrase-file`, else `CAREPLAN_PASSPHRASE`; undefined for none. */
export async function passphraseOf({ passphraseFile }: HomeOptions): Promise<string | undefined> {
  if (passphraseFile === undefined) return process.env.CAREPLAN_PASSPHRASE || undefined;
  const [line = ''] = (await readFile(passphraseFile, 'utf8')).replace(/^\ufeff/, '').split(/\r?\n/, 1);
  if (line === '') throw new UsageError(`${passphraseFile} holds no passphrase in its first line`);
  return line;
}
