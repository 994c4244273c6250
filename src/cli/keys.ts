import { exportKeys, generateOfficeKeys, rotateKeys } from '../transport/envelope/index.js';
import { quoted } from './account.js';
import { type HomeOptions, keysPathOf, passphraseOf } from './home.js';
import { Failure, languageOf } from './io.js';
import { aboutKey, endsSoon } from './key-age.js';
import { createFile, readKeys, replaceKeys } from './key-file.js';
import { keysWordsOf } from './keys-words.js';
import { compactRoads } from './roads.js';
import { tableOf } from './table.js';
import { dayText } from './time-text.js';

interface KeysOptions extends HomeOptions {
  json?: boolean;
  lang?: string;
}

/** `careplan keys new`: makes the keys of the office. Returns the exit code. */
export async function newKeys(options: KeysOptions): Promise<number> {
  const words = keysWordsOf(languageOf(options.lang));
  const path = keysPathOf(options);
  const passphrase = await passphraseOf(options);
  const keys = await generateOfficeKeys();
  const text = await exportKeys(keys, passphrase === undefined ? {} : { passphrase });
  if (!(await createFile(path, text))) throw new Failure(words.exists(path));
  process.stdout.write(`${words.made(path, passphrase !== undefined)}\n`);
  for (const { kid, use } of keys.publicKeys) process.stdout.write(`${words.newKey(kid, words.uses[use])}\n`);
  return 0;
}

/** `careplan keys show`: the public halves. Returns the exit code. */
export async function showKeys(options: KeysOptions): Promise<number> {
  const language = languageOf(options.lang);
  const words = keysWordsOf(language);
  const { publicKeys } = await readKeys(options, language);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ keys: publicKeys }, null, 2)}\n`);
    return 0;
  }
  const now = Date.now();
  const day = (at: number | undefined) => (at === undefined ? words.always : dayText(at));
  const rows = publicKeys.map((key) => {
    const { kid, use, alg, notBefore, notAfter } = key;
    const about = aboutKey(key, publicKeys, now);
    const said = about === undefined ? '' : typeof about === 'number' ? words.endsIn(about) : words[about];
    return [kid, words.uses[use], alg, day(notBefore), day(notAfter), said];
  });
  process.stdout.write(`${tableOf([words.head, ...rows]).join('\n')}\n`);
  if (endsSoon({ publicKeys }, now, 90) !== undefined) process.stderr.write(`${words.rotate}\n`);
  return 0;
}

/** `careplan keys rotate`: new keys in the place of the old ones. Returns the exit code. */
export async function rotate(options: KeysOptions): Promise<number> {
  const language = languageOf(options.lang);
  const words = keysWordsOf(language);
  const old = await readKeys(options, language);
  const keys = await rotateKeys(old);
  const copy = await replaceKeys(keys, options, language);
  const known = new Set(old.publicKeys.map(({ kid }) => kid));
  const lines = [words.rotated(keysPathOf(options))];
  for (const { kid, use } of keys.publicKeys) {
    lines.push((known.has(kid) ? words.oldKey : words.newKey)(kid, words.uses[use]));
  }
  if (copy !== undefined) lines.push(words.copy(copy));
  const { done, failed } = await compactRoads(keys, options);
  lines.push(words.compacted(done), words.tell);
  process.stdout.write(`${lines.join('\n')}\n`);
  for (const { via, error } of failed)
    process.stderr.write(`${words.notCompacted(quoted(via), error.sentences[language])}\n`);
  return failed.length === 0 ? 0 : 1;
}
