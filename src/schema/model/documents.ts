import * as z from 'zod';
import { actuals } from './actuals.js';
import { basicInformation } from './basic-information.js';
import { carePlan } from './care-plan.js';
import { refuse } from './part.js';
import { preventivePlan } from './preventive-plan.js';
import type { ServiceUser } from './service-user.js';
import { usageSlip } from './usage-slip.js';
import { withdrawal } from './withdrawal.js';

/** The schema of each kind of document, by the name of the list that holds it. */
export const DOCUMENTS = Object.freeze({
  carePlans: carePlan,
  usageSlips: usageSlip,
  actuals,
  basicInformation,
  preventivePlans: preventivePlan,
  withdrawals: withdrawal,
});

export type DocumentList = keyof typeof DOCUMENTS;
export type DocumentOf<K extends DocumentList> = z.infer<(typeof DOCUMENTS)[K]>;

/** Documents by kind: what an office holds, sends or has received. A kind without documents may be left out. */
export type Documents = { readonly [K in DocumentList]?: readonly DocumentOf<K>[] };

/** The names of the lists, in the order in which documents are written. */
export const DOCUMENT_LISTS = Object.freeze(Object.keys(DOCUMENTS)) as readonly DocumentList[];

/** Properties that, with the person's numbers, tell documents of one list apart (section 5). */
const KEY = ['of', 'planDate', 'serviceMonth', 'consultationDate', 'serviceOfficeNumber', 'serviceType'] as const;

/** The key of a document within its list: what replaces what. */
export function documentKey(document: DocumentOf<DocumentList>): string {
  const { insurerNumber, insuredPersonNumber }: ServiceUser = document.serviceUser;
  const values = document as Readonly<Record<string, unknown>>;
  return JSON.stringify([insurerNumber, insuredPersonNumber, ...KEY.map((name) => values[name] ?? null)]);
}

const listOf = <S extends z.ZodType>(schema: S) => z.array(schema).exactOptional();

/** Documents by kind, no two of a list with the same key. */
export const documents = z
  .strictObject({
    carePlans: listOf(carePlan),
    usageSlips: listOf(usageSlip),
    actuals: listOf(actuals),
    basicInformation: listOf(basicInformation),
    preventivePlans: listOf(preventivePlan),
    withdrawals: listOf(withdrawal),
  })
  .superRefine((all, context) => {
    for (const name of DOCUMENT_LISTS) {
      const seen = new Map<string, number>();
      all[name]?.forEach((document, i) => {
        const key = documentKey(document);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, i);
        else refuse(context, 'document.duplicate', [name, i], { expected: `${name}[${first}]` });
      });
    }
  });

/**
 * The transmission unit that a document belongs to: only documents of one unit travel together (section 1). Basic
 * information and preventive plans share one.
 */
export function unitOf(list: DocumentList, document: DocumentOf<DocumentList>): string {
  if ('of' in document) return `${list}.${document.of}`;
  return list === 'basicInformation' || list === 'preventivePlans' ? 'preventive' : list;
}
