import { decodeFiles, hasError } from '../index.js';
import { issueJson, languageOf } from './io.js';
import { collect, writeAll } from './paths.js';

interface DecodeOptions {
  out?: string;
  lang?: string;
  showValues?: boolean;
}

/** `careplan decode PATH...`: files as JSON. Returns the exit code. */
export async function decode(paths: string[], options: DecodeOptions): Promise<number> {
  const language = languageOf(options.lang);
  const { transmissions, issues } = decodeFiles(await collect(paths), options.showValues ? { showValues: true } : {});
  const files = transmissions.flatMap(({ files, images }) => [
    ...files.map(({ path, kind, edition, charset, name, complete, records }) => ({
      path,
      kind,
      edition,
      charset,
      from: name.from,
      to: name.to,
      serial: name.serial,
      month: name.month,
      complete,
      records,
    })),
    ...images.map(({ path, kind, bytes }) => ({ path, kind, base64: Buffer.from(bytes).toString('base64') })),
  ]);
  const json = `${JSON.stringify({ files, issues: issues.map((one) => issueJson(one, language)) }, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(json);
  else await writeAll([{ path: options.out, content: json }]);
  return hasError(issues) ? 1 : 0;
}
