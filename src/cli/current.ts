import {
  type Actuals,
  type Documents,
  decodeDocuments,
  decodeFiles,
  documentKey,
  type Issue,
  type UsageSlip,
} from '../index.js';
import { collect } from './paths.js';

interface Current {
  readonly usageSlips: readonly UsageSlip[];
  readonly actuals: readonly Actuals[];
}

/** Documents and the two offices that they went between. */
export interface Sent {
  readonly from: { readonly officeNumber: string; readonly serviceType?: string };
  readonly to: { readonly officeNumber: string; readonly serviceType?: string };
  readonly documents: Documents;
}

/** The slips and actuals of a file or folder that are in force. */
export async function currentDocuments(path: string): Promise<Current & { readonly issues: readonly Issue[] }> {
  const { transmissions, issues: fileIssues } = decodeFiles(await collect([path]));
  const issues: Issue[] = [...fileIssues];
  const sent = transmissions.map((transmission): Sent => {
    const { documents, issues: found } = decodeDocuments(transmission);
    for (const one of found) issues.push(one);
    return { from: transmission.from, to: transmission.to, documents };
  });
  return { ...inForce(sent), issues };
}

/**
 * The slips and actuals that are in force, of what was sent in this order: of those sent again the last, and none that was
 * withdrawn. A withdrawal takes back what the same two offices exchanged, not what others were sent.
 */
export function inForce(sent: Iterable<Sent>): Current {
  const lists = { usageSlip: new Map<string, UsageSlip>(), actuals: new Map<string, Actuals>() };
  const put = <T extends UsageSlip | Actuals>(list: Map<string, T>, key: string, document: T) => {
    // What comes later stands later, so that the newest is the last.
    list.delete(key);
    list.set(key, document);
  };
  for (const { from, to, documents } of sent) {
    const between = JSON.stringify([from.officeNumber, from.serviceType, to.officeNumber, to.serviceType]);
    for (const one of documents.usageSlips ?? []) put(lists.usageSlip, between + documentKey(one), one);
    for (const one of documents.actuals ?? []) put(lists.actuals, between + documentKey(one), one);
    for (const { of, ...key } of documents.withdrawals ?? []) {
      if (of === 'usageSlip' || of === 'actuals') lists[of].delete(between + documentKey(key as UsageSlip | Actuals));
    }
  }
  return { usageSlips: newest(lists.usageSlip), actuals: newest(lists.actuals) };
}

/** Of documents with one key the last. */
const newest = <T extends UsageSlip | Actuals>(list: ReadonlyMap<string, T>): T[] => [
  ...new Map([...list.values()].map((one) => [documentKey(one), one])).values(),
];
