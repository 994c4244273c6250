import { createHash } from 'node:crypto';

/** Counts different texts, of which only hashes of 48 bits are kept, eight bytes each. */
export class DifferentTexts {
  private hashes = new Float64Array(1024);
  private length = 0;
  private last = '';

  add(text: string): void {
    if (text === this.last) return;
    this.last = text;
    if (this.length === this.hashes.length) this.tidy();
    this.hashes[this.length++] = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  }

  get count(): number {
    this.tidy();
    return this.length;
  }

  /** Each hash once; and room for as many again. */
  private tidy(): void {
    const sorted = this.hashes.subarray(0, this.length).sort();
    const different = sorted.filter((hash, i) => i === 0 || hash !== sorted[i - 1]);
    this.length = different.length;
    this.hashes = new Float64Array(Math.max(1024, 2 * this.length));
    this.hashes.set(different);
  }
}
