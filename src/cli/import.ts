import { decodeDocuments, decodeFiles, hasError } from '../index.js';
import { issueJson, languageOf } from './io.js';
import { collect, writeAll } from './paths.js';

interface ImportOptions {
  out?: string;
  lang?: string;
  showValues?: boolean;
}

/** `careplan import PATH...`: files as documents, transmission by transmission. Returns the exit code. */
export async function importDocuments(paths: string[], options: ImportOptions): Promise<number> {
  const language = languageOf(options.lang);
  const decoded = decodeFiles(await collect(paths), options.showValues ? { showValues: true } : {});
  const issues = [...decoded.issues];
  const transmissions = decoded.transmissions.map((transmission) => {
    const { documents, rest, images, issues: found } = decodeDocuments(transmission);
    for (const one of found) issues.push(one);
    const { from, to, serial } = transmission;
    const stray = images.map(({ path, bytes }) => ({ path, base64: Buffer.from(bytes).toString('base64') }));
    return {
      from,
      to,
      serial,
      documents,
      ...(rest.length === 0 ? {} : { rest }),
      ...(stray.length === 0 ? {} : { images: stray }),
    };
  });
  const json = { transmissions, issues: issues.map((one) => issueJson(one, language)) };
  const text = `${JSON.stringify(json, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(text);
  else await writeAll([{ path: options.out, content: text }]);
  return hasError(issues) ? 1 : 0;
}
