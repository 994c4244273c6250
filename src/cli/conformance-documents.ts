import * as z from 'zod';
import type { AddressedDocuments } from '../conformance/index.js';
import { checkDocuments, type Documents, decodeDocuments, decodeFiles, type Issue, type NamedBytes } from '../index.js';
import { UsageError } from './io.js';
import { parseJson, read } from './paths.js';

const address = z.object({ officeNumber: z.string(), serviceType: z.string().exactOptional() });
const addressed = z.object({
  transmissions: z.array(z.object({ from: address, to: address, documents: z.unknown() })),
});

/** What was expected: what `--make` or `careplan import` wrote, or documents by kind. */
export async function expectedDocuments(path: string): Promise<AddressedDocuments[]> {
  const input = parseJson(path, await read(path));
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw notExpected(path, 'the whole');
  if (!('transmissions' in input)) return [{ documents: checked(path, input) }];
  const result = addressed.safeParse(input);
  if (!result.success) throw notExpected(path, result.error.issues.map((one) => one.path.join('.')).join(', '));
  return result.data.transmissions.map(({ from, to, documents }) => ({
    from,
    to,
    documents: checked(path, documents),
  }));
}

function checked(path: string, input: unknown): Documents {
  const { ok, documents, issues } = checkDocuments(input);
  if (ok) return documents;
  throw new UsageError(`${path} holds no documents: ${issues.map(({ message }) => message.en).join('; ')}`);
}

const notExpected = (path: string, where: string): UsageError =>
  new UsageError(`${path} is neither what "careplan import" writes nor documents by kind: see ${where}`);

/** What files hold, and what stands in the way of reading them. */
export function exportedDocuments(files: readonly NamedBytes[]): {
  readonly documents: readonly AddressedDocuments[];
  readonly issues: readonly Issue[];
} {
  const decoded = decodeFiles(files);
  const issues: Issue[] = [...decoded.issues];
  const documents = decoded.transmissions.map((transmission): AddressedDocuments => {
    const { documents, issues: found } = decodeDocuments(transmission);
    for (const one of found) issues.push(one);
    return { from: transmission.from, to: transmission.to, documents };
  });
  return { documents, issues };
}
