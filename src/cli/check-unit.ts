import type { CheckedTransmission, Issue, ParsedAddress, Severity } from '../index.js';
import { type Problem, Problems } from './problems.js';
import { type UnitHead, unitHeadOf } from './unit.js';

interface UnitFile {
  readonly path: string;
  readonly kind: CheckedTransmission['files'][number]['kind'];
  readonly edition: string | undefined;
  readonly month: string | undefined;
  readonly records: number;
  readonly complete: boolean;
}

const NONE: readonly never[] = [];
const CLEAN: Readonly<Record<Severity, number>> = { error: 0, warning: 0, info: 0 };

/** What thousands of transmissions share, each once. */
export class OfficesAndMonths {
  private readonly offices = new Map<string, ParsedAddress>();
  private readonly months = new Map<string, string>();

  office(office: ParsedAddress): ParsedAddress {
    const key = `${office.officeNumber} ${office.serviceType ?? ''}`;
    const known = this.offices.get(key) ?? office;
    this.offices.set(key, known);
    return known;
  }

  month(month: string | undefined): string | undefined {
    if (month === undefined) return undefined;
    const known = this.months.get(month) ?? month;
    this.months.set(month, known);
    return known;
  }
}

/** A transmission that was checked, as little of it as a report needs: there may be thousands. */
export class CheckedUnit {
  readonly serial: string;
  readonly files: readonly UnitFile[];
  readonly images: readonly string[];
  /** One file that was named by itself: what travels with it was not looked for. */
  readonly alone: boolean;
  private readonly from: ParsedAddress;
  private readonly to: ParsedAddress;
  private readonly imageKind: CheckedTransmission['images'][number]['kind'] | undefined;
  private found: Problems | undefined;

  constructor({ from, to, serial, files, images }: CheckedTransmission, alone: boolean, shared: OfficesAndMonths) {
    this.serial = serial;
    this.from = shared.office(from);
    this.to = shared.office(to);
    this.alone = alone && files.length + images.length === 1;
    this.files = files.map(({ path, kind, edition, name, records, complete }) => {
      return { path, kind, edition, month: shared.month(name.month), records: records.length, complete };
    });
    this.images = images.length === 0 ? NONE : images.map(({ path }) => path);
    this.imageKind = images[0]?.kind;
  }

  get head(): UnitHead {
    const images = this.imageKind === undefined ? [] : [{ kind: this.imageKind }];
    return unitHeadOf({ from: this.from, to: this.to, serial: this.serial, files: this.files, images });
  }

  get paths(): readonly string[] {
    return [...this.files.map(({ path }) => path), ...this.images];
  }

  get counts(): Readonly<Record<Severity, number>> {
    return this.found?.counts ?? CLEAN;
  }

  get problems(): readonly Problem[] {
    return this.found?.inOrderOfMending() ?? NONE;
  }

  add(one: Issue): void {
    this.found ??= new Problems();
    this.found.add(one);
  }
}
