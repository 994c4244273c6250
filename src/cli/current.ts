import { type Actuals, decodeDocuments, decodeFiles, documentKey, type Issue, type UsageSlip } from '../index.js';
import { collect } from './paths.js';

interface Current {
  readonly usageSlips: readonly UsageSlip[];
  readonly actuals: readonly Actuals[];
  readonly issues: readonly Issue[];
}

/**
 * The slips and actuals of a file or folder that are in force: of those sent again the one with the newest serial, and
 * none that was withdrawn. A withdrawal takes back what the same two offices exchanged, not what others were sent.
 */
export async function currentDocuments(path: string): Promise<Current> {
  const { transmissions, issues: fileIssues } = decodeFiles(await collect([path]));
  const issues: Issue[] = [...fileIssues];
  const lists = { usageSlip: new Map<string, UsageSlip>(), actuals: new Map<string, Actuals>() };
  const put = <T extends UsageSlip | Actuals>(list: Map<string, T>, key: string, document: T) => {
    // What comes later stands later, so that the newest is the last.
    list.delete(key);
    list.set(key, document);
  };
  for (const transmission of transmissions) {
    const { documents, issues: found } = decodeDocuments(transmission);
    for (const one of found) issues.push(one);
    const between = JSON.stringify([transmission.from, transmission.to]);
    for (const one of documents.usageSlips ?? []) put(lists.usageSlip, between + documentKey(one), one);
    for (const one of documents.actuals ?? []) put(lists.actuals, between + documentKey(one), one);
    for (const { of, ...key } of documents.withdrawals ?? []) {
      if (of === 'usageSlip' || of === 'actuals') lists[of].delete(between + documentKey(key as UsageSlip | Actuals));
    }
  }
  return { usageSlips: newest(lists.usageSlip), actuals: newest(lists.actuals), issues };
}

/** Of documents with one key the last. */
const newest = <T extends UsageSlip | Actuals>(list: ReadonlyMap<string, T>): T[] => [
  ...new Map([...list.values()].map((one) => [documentKey(one), one])).values(),
];
