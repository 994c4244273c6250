import { decodeFiles, type NamedBytes, unpack } from '../codec/internal.js';
import { hasError, type Issue, issue } from '../schema/index.js';
import { type OutboundMessage, partOf, type Routing } from '../transport/index.js';
import { transmissionName } from './names.js';
import { issuesOfMissing } from './whole.js';

/** The files of a transmission under the standard's names, and what these say. */
export interface OutgoingFiles {
  readonly routing: Pick<Routing, 'from' | 'to' | 'serial'>;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/**
 * Files as they are to be sent: a ZIP taken for the files in it, grouped to transmissions by their names, in the order of
 * their serials; `ok` unless an issue is an error.
 */
export function outgoing(
  files: Iterable<NamedBytes>,
  allowIncomplete: boolean | undefined,
): { readonly ok: boolean; readonly groups: readonly OutgoingFiles[]; readonly issues: readonly Issue[] } {
  const inputs: NamedBytes[] = [];
  const issues: Issue[] = [];
  for (const { path, bytes, use, issues: found } of unpack(files)) {
    for (const one of found) issues.push(one);
    if (!use) inputs.push({ path, bytes });
  }
  const decoded = decodeFiles(inputs);
  for (const one of decoded.issues) issues.push(one);
  const groups = new Map<string, { routing: OutgoingFiles['routing']; files: { name: string; bytes: Uint8Array }[] }>();
  for (const { path, bytes } of inputs) {
    const said = transmissionName(path);
    if (!said) {
      issues.push(issue('name.form', { file: path }));
      continue;
    }
    const { from, to, serial, name } = said;
    const key = JSON.stringify([serial, from, to]);
    const group = groups.get(key) ?? { routing: { from, to, serial }, files: [] };
    group.files.push({ name, bytes });
    groups.set(key, group);
  }
  for (const one of issuesOfMissing(decoded.transmissions, allowIncomplete)) issues.push(one);
  const ordered = [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  return { ok: !hasError(issues), groups: ordered, issues };
}

/** The message of a transmission's files. */
export async function messageOf(
  routing: OutgoingFiles['routing'],
  files: OutgoingFiles['files'],
): Promise<Omit<OutboundMessage, 'id'>> {
  const parts = await Promise.all(
    files.map(({ name, bytes }) => partOf({ name, kind: transmissionName(name)?.kind ?? '', bytes })),
  );
  return { ...routing, standard: '4.1', kinds: [...new Set(parts.map(({ kind }) => kind))], parts };
}
