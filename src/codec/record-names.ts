/**
 * Puts the values of records in the order of the columns. A record's names mostly come as those of the record before
 * did, so that no name has to be looked up.
 */
export class RecordNames {
  /** How many names of the record last gathered belong to no column. */
  strangers = 0;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly values: unknown[];
  /** The names of the last record, and the column of each; -1 where there is none. */
  private readonly names: string[] = [];
  private readonly targets: number[] = [];

  constructor(columns: readonly string[]) {
    this.numbers = new Map(columns.map((name, index) => [name, index]));
    this.values = columns.map(() => undefined);
  }

  /** The values of a record by column; the array is used again for the next record. */
  gather(record: Readonly<Record<string, unknown>>): readonly unknown[] {
    const { names, targets, values } = this;
    let count = 0;
    for (const name in record) {
      if (names[count] !== name) return this.learn(record);
      const target = targets[count++] as number;
      if (target >= 0) values[target] = record[name];
    }
    // Inherited names come last: where the last one is the record's own, all are.
    const own = count === 0 || Object.hasOwn(record, names[count - 1] as string);
    return count === names.length && own ? values : this.learn(record);
  }

  /** The names of the last record that belong to no column. */
  unknown(): string[] {
    return this.names.filter((_, i) => this.targets[i] === -1);
  }

  private learn(record: Readonly<Record<string, unknown>>): readonly unknown[] {
    const { names, targets, values } = this;
    names.length = 0;
    this.strangers = 0;
    values.fill(undefined);
    for (const [name, value] of Object.entries(record)) {
      const target = this.numbers.get(name) ?? -1;
      targets[names.length] = target;
      names.push(name);
      if (target >= 0) values[target] = value;
      else this.strangers++;
    }
    return values;
  }
}
