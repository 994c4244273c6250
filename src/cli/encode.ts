import * as z from 'zod';
import {
  EDITIONS,
  encodeFile,
  type FileName,
  formatFileName,
  hasError,
  type Issue,
  issue,
  parseFileName,
  safeFormatFileName,
  V4_1,
  type WrittenEdition,
} from '../index.js';
import { languageOf, tell, UsageError } from './io.js';
import { parseJson, read, writeFiles } from './paths.js';

interface EncodeOptions {
  out: string;
  lang?: string;
  replace?: boolean;
  replaceAll?: boolean;
}

const address = z.object({ officeNumber: z.string(), serviceType: z.string().optional() });
const written = EDITIONS.filter((edition) => edition.written).map(({ id }) => id) as [WrittenEdition];
const csv = z.object({
  path: z.string().optional(),
  kind: z.enum(V4_1.layouts.map((layout) => layout.kind)),
  edition: z.enum(written).optional(),
  from: address,
  to: address,
  serial: z.string(),
  month: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});
const image = z.object({ path: z.string(), kind: z.enum(V4_1.images.map((i) => i.kind)), base64: z.base64().min(4) });
const document = z.object({ files: z.array(z.discriminatedUnion('kind', [image, csv])) });

/** `careplan encode FILE.json --out DIR`: the inverse of decode. Returns the exit code. */
export async function encode(path: string, options: EncodeOptions): Promise<number> {
  const language = languageOf(options.lang);
  const { files } = parse(path, await read(path));
  const onUnencodable = options.replaceAll ? 'replace-all' : options.replace ? 'replace' : 'error';
  const issues: Issue[] = [];
  const outputs = new Map<string, Uint8Array>();
  const add = (name: string, bytes: Uint8Array) => {
    if (outputs.has(name)) issues.push(issue('transmission.duplicate', { file: name }, { found: name }));
    outputs.set(name, bytes);
  };
  for (const file of files) {
    if ('base64' in file) {
      const { name } = parseFileName(file.path);
      if (name?.kind === file.kind && name.edition === '4.1')
        add(formatFileName(name), Buffer.from(file.base64, 'base64'));
      else issues.push(issue('name.form', { file: file.path }));
      continue;
    }
    const name = nameOf(file, issues);
    const { kind, edition = V4_1.id } = file;
    const encoded = encodeFile(kind, file.records as never[], { name: name ?? kind, onUnencodable, edition });
    for (const one of encoded.issues) issues.push(one);
    if (encoded.ok && name !== undefined) add(name, encoded.bytes);
  }
  tell(issues, language);
  if (hasError(issues)) return 1;
  await writeFiles(options.out, outputs);
  return 0;
}

function parse(path: string, bytes: Uint8Array): z.infer<typeof document> {
  const result = document.safeParse(parseJson(path, bytes));
  if (result.success) return result.data;
  const where = result.error.issues.map((one) => one.path.join('.') || 'the document').join(', ');
  throw new UsageError(`${path} is not what "careplan decode" writes: see ${where}`);
}

function nameOf(file: z.infer<typeof csv>, issues: Issue[]): string | undefined {
  const { kind, from, to, serial, month, edition = V4_1.id } = file;
  const parts = { kind, from, to, serial, edition, ...(month === undefined ? {} : { month }) };
  const { name, issues: wrong = [] } = safeFormatFileName(parts as FileName, file.path ?? kind);
  issues.push(...wrong);
  return name;
}
