import {
  type Envelope,
  isReadable,
  keyOf,
  layoutOf,
  parseFileName,
  type Row,
  type Transmission,
  toBase64,
} from '../../codec/internal.js';
import {
  type FileKind,
  type Identity,
  type Layout,
  V4_1,
  type Withdrawal,
  withdrawnBy,
} from '../../schema/internal.js';
import { compareParts, type OfficeState, partName, type StatePart, withdrawnWith } from './state.js';

/**
 * What became of a document. `added`, `replaced`, `withdrawn`; `same`: the transmission was applied before; `older`: a
 * later one is known, so it was ignored; `unreadable`: a cell could not be read, so nothing of it was taken.
 */
export type ChangeAction = 'added' | 'replaced' | 'withdrawn' | 'same' | 'older' | 'unreadable';

/** What a transmission changes of one document, for a person to confirm. */
export interface Change {
  readonly action: ChangeAction;
  /** What kind of document; a supplement is one by itself, for it outlives what it came with (section 5). */
  readonly of: Withdrawal['of'] | 'supplement';
  /** The files that it concerns. */
  readonly kinds: readonly FileKind[];
  /** The columns that tell the document from others: `planDate`, `serviceMonth` ... Empty where they were not readable. */
  readonly key: Partial<Identity> & Row;
  readonly serial: string;
  /** The serial by which the document was known before. */
  readonly knownSerial?: string;
}

/** The state after a transmission, and what it changed. */
export interface Applied {
  readonly state: OfficeState;
  readonly changes: readonly Change[];
}

/**
 * Applies a received transmission to what an office knows; the state given is not changed.
 *
 * What replaces what: the rows of one unit replace those of the same unit (a slip by person and month; actuals only those
 * of the same person, month, office and service type). A withdrawal takes what is subordinate with it; the supplement
 * stays. What a transmission does not mention stays as it is. The later serial holds whatever comes first, so that any
 * order of arrival gives the same state, and a transmission that comes twice changes nothing. Section 5 of the standard.
 */
export function applyTransmission(state: OfficeState, transmission: Transmission): Applied {
  const parts: Record<string, StatePart> = { ...state.parts };
  const changes = new Changes(transmission.serial);
  for (const event of eventsOf(transmission)) {
    if ('unreadable' in event) {
      changes.add('unreadable', event.layout, event.key);
      continue;
    }
    const { layout, part } = event;
    const known = parts[partName(part)];
    const order = known ? compareParts(part, known) : 1;
    if (order > 0) parts[partName(part)] = part;
    changes.add(actionOf(part, known, order), layout, part.key, known?.serial);
  }
  return { state: { parts }, changes: changes.list };
}

function actionOf({ withdrawn }: StatePart, known: StatePart | undefined, order: number): ChangeAction {
  if (order <= 0) return order === 0 ? 'same' : 'older';
  if (withdrawn) return 'withdrawn';
  return known && !known.withdrawn ? 'replaced' : 'added';
}

type Event =
  | { readonly layout: Layout; readonly part: StatePart }
  | { readonly layout: Layout; readonly key: readonly unknown[]; readonly unreadable: true };

/** What a transmission says of each unit that it mentions. */
function* eventsOf({ from, to, serial, files, images }: Transmission): Generator<Event> {
  const envelope: Envelope = { from, to, serial };
  for (const { kind, records } of files) {
    const layout: Layout = layoutOf(kind);
    for (const [key, rows] of unitsOf(layout, records as readonly Row[])) {
      if (!rows.every((record) => isReadable(layout, record))) yield { layout, key, unreadable: true };
      else if (layout.withdraws !== undefined) {
        for (const gone of withdrawnWith(layout.withdraws)) {
          yield { layout: gone, part: { kind: gone.kind as FileKind, key, ...envelope, withdrawn: true } };
        }
      } else yield { layout, part: { kind, key, ...envelope, records: rows, ...imagesOf(rows, images) } };
    }
  }
}

function unitsOf(layout: Layout, records: readonly Row[]): Iterable<readonly [readonly unknown[], readonly Row[]]> {
  const units = new Map<string, [readonly unknown[], Row[]]>();
  for (const record of records) {
    const key = keyOf(layout, record).map((value) => value ?? null);
    const name = JSON.stringify(key);
    const unit = units.get(name) ?? [key, []];
    units.set(name, unit);
    unit[1].push(record);
  }
  return units.values();
}

const [IMAGE] = V4_1.images;

/** The images that records name. */
function imagesOf(rows: readonly Row[], images: Transmission['images']): { images?: NonNullable<StatePart['images']> } {
  const named = rows.flatMap((record) => {
    const name = record[IMAGE.namedIn];
    const branch = typeof name === 'string' ? parseFileName(name).name?.branch : undefined;
    const image = images.find((one) => branch !== undefined && one.name.branch === branch);
    return branch !== undefined && image ? [{ branch, base64: toBase64(image.bytes) }] : [];
  });
  return named.length === 0 ? {} : { images: named };
}

/** Changes, those of the files of one document together. */
class Changes {
  readonly list: Change[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly serial: string) {}

  add(action: ChangeAction, layout: Layout, key: readonly unknown[], knownSerial?: string): void {
    const head = layout.headedBy ?? layout.withdraws ?? layout.kind;
    const withdrawing: Layout | undefined = V4_1.layouts.find((one: Layout) => one.withdraws === head);
    const of = withdrawing ? (withdrawnBy(withdrawing) ?? 'supplement') : 'supplement';
    const name = JSON.stringify([of, key, action]);
    const place = this.places.get(name);
    const known = place === undefined ? undefined : this.list[place];
    const kind = layout.kind as FileKind;
    if (known) {
      const newest = [known.knownSerial, knownSerial]
        .filter((one) => one !== undefined)
        .sort()
        .at(-1);
      const whole = { ...known, kinds: [...known.kinds, kind] };
      this.list[place as number] = newest === undefined ? whole : { ...whole, knownSerial: newest };
    } else {
      this.places.set(name, this.list.length);
      this.list.push({
        action,
        of,
        kinds: [kind],
        key: keyNames(withdrawing ?? layout, key),
        serial: this.serial,
        ...(knownSerial === undefined ? {} : { knownSerial }),
      });
    }
  }
}

/** The values of a key by the names of its columns. */
const keyNames = ({ unitKey }: Layout, key: readonly unknown[]): Row =>
  Object.fromEntries(unitKey.flatMap((name, i) => (key[i] === null ? [] : [[name, key[i]]])));
