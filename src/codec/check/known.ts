import type { KnownPerson, KnownTransmission, KnownUnit } from '../../schema/internal.js';
import type { JudgedTransmission } from './checker.js';
import type { FileView } from './file-view.js';
import { hashOf } from './hash.js';

/**
 * What is remembered of a transmission once it was checked: names, serial, and hashes of keys. There may be thousands, so
 * objects are made in one piece and lists have no room to spare.
 */
export function knownOf(
  { from, to, serial, files, images }: JudgedTransmission,
  views: readonly FileView[],
): KnownTransmission {
  const units: KnownUnit[] = [];
  const persons: KnownPerson[] = [];
  for (const view of views) {
    const { layout, records, path } = view;
    const isHead = layout.headedBy === undefined && layout.accompanies === undefined;
    const kind = layout.withdraws ?? layout.kind;
    const withdrawal = layout.withdraws !== undefined;
    for (const { key, indexes } of view.units) {
      const [first = 0] = indexes;
      const { createdOn, name, birthDate, insuredPersonNumber } = records[first] ?? {};
      const row = view.placeOf(first).row ?? 0;
      if (isHead) units.push({ kind, key: hashOf(key), withdrawal, createdOn, path, row });
      if (name !== undefined && birthDate !== undefined && insuredPersonNumber !== undefined) {
        const identity = hashOf(`${name.replace(/\s/g, '')} ${birthDate}`);
        persons.push({ identity, insured: hashOf(insuredPersonNumber), path, row });
      }
    }
  }
  const path = files[0]?.path ?? images[0]?.path ?? '';
  return { from, to, serial, path, units: units.slice(), persons: persons.slice() };
}
