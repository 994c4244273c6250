import { Inflate } from 'fflate';

/** The most that DEFLATE makes of one byte. */
const EXPANSION = 1032;
/** How many bytes are inflated at once. */
const [LEAST, MOST] = [512, 65_536];

/**
 * Inflates to exactly `size` bytes; undefined where the data is damaged, or makes more or fewer.
 *
 * Stops where more comes, whatever follows: no more than half a megabyte is made in vain. Does not throw.
 */
export function inflateExactly(data: Uint8Array, size: number): Uint8Array | undefined {
  // What cannot come out of so few bytes is not made room for.
  if (size > data.length * EXPANSION) return undefined;
  const out = new Uint8Array(size);
  let end = 0;
  let ended = false;
  const stream = new Inflate((piece, final) => {
    if (end + piece.length <= size) out.set(piece, end);
    end += piece.length;
    ended = final;
  });
  try {
    for (let at = 0; !ended && end <= size; ) {
      const count = Math.min(MOST, Math.max(LEAST, Math.ceil((size - end) / EXPANSION)));
      const next = Math.min(data.length, at + count);
      stream.push(data.subarray(at, next), next === data.length);
      at = next;
    }
  } catch {
    return undefined;
  }
  return end === size ? out : undefined;
}
