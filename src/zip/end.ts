import { CENTRAL, CENTRAL_SIZE, END, END_64, END_SIZE, LOCATOR_64, number64 } from './structure.js';

/** What the end of an archive says of its list of contents. */
export interface End {
  readonly at: number;
  /** Where the list of contents begins. */
  readonly start: number;
  readonly count: number;
  /** How far everything lies behind where the archive says, because something was put before it. */
  readonly shift: number;
  readonly isSplit: boolean;
  readonly isZip64: boolean;
}

/** The last record that says where the list of contents is; it may have a comment of up to 65,535 bytes behind it. */
export function endOf(view: DataView): End | undefined {
  const first = Math.max(0, view.byteLength - END_SIZE - 0xffff);
  for (let at = view.byteLength - END_SIZE; at >= first; at--) {
    if (view.getUint8(at) !== 0x50 || view.getUint32(at, true) !== END) continue;
    const long = end64(view, at);
    const count = long?.count ?? view.getUint16(at + 10, true);
    const size = long?.size ?? view.getUint32(at + 12, true);
    const said = long?.start ?? view.getUint32(at + 16, true);
    const edge = long?.at ?? at;
    // Where something was put before the archive, the list still ends where this record begins.
    const start = count === 0 || isCentral(view, said, edge) ? said : edge - size;
    if ((count === 0 && size === 0) || (start >= 0 && isCentral(view, start, edge))) {
      const isSplit =
        view.getUint32(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== view.getUint16(at + 10, true);
      return { at: edge, start: Math.min(start, edge), count, shift: start - said, isSplit, isZip64: !!long };
    }
  }
  return undefined;
}

/** Whether an entry of the list of contents stands there. */
export const isCentral = (view: DataView, at: number, end: number): boolean =>
  at + CENTRAL_SIZE <= end && view.getUint32(at, true) === CENTRAL;

/** The same of ZIP64, which some software writes for small archives too. */
function end64(view: DataView, end: number): { at: number; count: number; size: number; start: number } | undefined {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return undefined;
  const at = number64(view, locator + 8);
  if (at + 56 > locator || view.getUint32(at, true) !== END_64) return undefined;
  return { at, count: number64(view, at + 32), size: number64(view, at + 40), start: number64(view, at + 48) };
}
