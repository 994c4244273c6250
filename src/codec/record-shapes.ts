/**
 * Makes records by copying: for each set of columns that are present there is one private object with the names in the
 * table's order, and a record is a copy of it. A copy is far cheaper than an object built name by name.
 */
export class RecordShapes {
  private readonly shapes = new Map<string, Record<string, unknown>>();
  private current: Record<string, unknown>;

  constructor(
    private readonly names: readonly string[],
    private readonly values: readonly unknown[],
  ) {
    this.current = this.shape();
  }

  /** The value of a column changed, and was and is present. */
  set(name: string, value: unknown): void {
    this.current[name] = value;
  }

  /** Another set of columns is present: takes the shape that fits `values`. */
  reshape(): void {
    this.current = this.shape();
    this.names.forEach((name, i) => {
      if (this.values[i] !== undefined) this.current[name] = this.values[i];
    });
  }

  /** A new record of the values as they are now. */
  copy(): Record<string, unknown> {
    return { ...this.current };
  }

  private shape(): Record<string, unknown> {
    const present = this.names.filter((_, i) => this.values[i] !== undefined);
    const key = present.join();
    let shape = this.shapes.get(key);
    if (!shape) {
      // JSON.parse lays the object out in one piece; adding names one at a time makes a slow dictionary of it.
      shape = JSON.parse(
        JSON.stringify(Object.fromEntries(present.map((name) => [name, null]))),
      ) as typeof this.current;
      this.shapes.set(key, shape);
    }
    return shape;
  }
}
