/**
 * Makes each record by copying a private one of which only what changed since the row above is set anew: far cheaper
 * than an object built name by name. There is one private record for each set of columns that are present.
 */
export class RecordShapes {
  private readonly shapes = new Map<string, Record<string, unknown>>();
  private readonly pending = new Map<string, unknown>();
  private current: Record<string, unknown> = {};

  constructor(private readonly names: readonly string[]) {}

  /** Sets a value of the next record, of a column that was present before. */
  set(name: string, value: unknown): void {
    this.current[name] = value;
  }

  /** Makes a column present, or with undefined absent. */
  change(name: string, value: unknown): void {
    this.pending.set(name, value);
  }

  /** A new record with the values as they are now. */
  copy(): Record<string, unknown> {
    if (this.pending.size > 0) this.reshape();
    return { ...this.current };
  }

  private reshape(): void {
    const { pending, current } = this;
    const now = (name: string) => (pending.has(name) ? pending.get(name) : current[name]);
    const present = this.names.filter((name) => now(name) !== undefined);
    const key = present.join();
    const next = this.shapes.get(key) ?? blank(present);
    for (const name of present) next[name] = now(name);
    if (this.shapes.size < MAX_SHAPES) this.shapes.set(key, next);
    this.current = next;
    pending.clear();
  }
}

/** More sets than this come and go, and are not worth keeping. */
const MAX_SHAPES = 256;

/** An object with these names. JSON.parse lays it out in one piece; adding the names one at a time makes a slow one. */
const blank = (names: readonly string[]): Record<string, unknown> =>
  JSON.parse(names.length === 0 ? '{}' : `{"${names.join('":null,"')}":null}`);
