import type { KnownPerson, KnownTransmission, KnownUnit } from '../../schema/internal.js';
import type { JudgedTransmission } from './checker.js';
import type { FileView } from './file-view.js';
import { hashOf } from './hash.js';

/** What is remembered of a transmission once it was checked: names, serial, and hashes of keys. */
export function knownOf(
  { from, to, serial, files, images }: JudgedTransmission,
  views: readonly FileView[],
): KnownTransmission {
  const units: KnownUnit[] = [];
  const persons: KnownPerson[] = [];
  for (const view of views) {
    const { layout, records, path } = view;
    const isHead = layout.headedBy === undefined && layout.accompanies === undefined;
    for (const { key, indexes } of view.units) {
      const [first = 0] = indexes;
      const { createdOn, name, birthDate, insuredPersonNumber } = records[first] ?? {};
      const place = { path, row: view.placeOf(first).row ?? 0 };
      if (isHead) {
        const kind = layout.withdraws ?? layout.kind;
        units.push({ kind, key: hashOf(key), withdrawal: layout.withdraws !== undefined, createdOn, ...place });
      }
      if (name !== undefined && birthDate !== undefined && insuredPersonNumber !== undefined) {
        const identity = hashOf(`${name.replace(/\s/g, '')} ${birthDate}`);
        persons.push({ identity, insured: hashOf(insuredPersonNumber), ...place });
      }
    }
  }
  const path = files[0]?.path ?? images[0]?.path ?? '';
  return { from, to, serial, path, units, persons };
}
