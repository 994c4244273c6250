/** Keys in the order of their characters, and what lies under each. */
export class Table<V> {
  readonly #values = new Map<string, V>();
  #keys: string[] = [];

  constructor(entries: Iterable<readonly [string, V]> = []) {
    for (const [key, value] of entries) this.#values.set(key, value);
    this.#keys = [...this.#values.keys()].sort(byCharacters);
  }

  get size(): number {
    return this.#values.size;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#place(key), 0, key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#place(key), 1);
  }

  /** The keys from a place on, in order. The table must not change meanwhile. */
  *keysFrom(first: string): Generator<string, undefined> {
    for (let at = this.#place(first); at < this.#keys.length; at++) yield this.#keys[at] as string;
    return undefined;
  }

  *entries(): Generator<readonly [string, V]> {
    for (const key of this.#keys) yield [key, this.#values.get(key) as V];
  }

  /** Where a key stands, or would. */
  #place(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const byCharacters = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
