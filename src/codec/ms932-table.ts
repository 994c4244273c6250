import { decodeShiftJis } from '#ms932-source';

/** The user-defined area F040-F9FC stands for U+E000-E757 (gaiji). */
export const GAIJI_FIRST = 0xe000;
export const GAIJI_LAST = 0xe757;
export const GAIJI_LEAD_LAST = 0xf9;
/** Lead bytes of the NEC-selected IBM extensions: read, never written. */
export const NEC_FIRST = 0xed;
export const NEC_LAST = 0xee;

export interface Ms932Table {
  /** By byte, or by lead * 256 + trail: the UTF-16 unit; 0 where there is no character (U+0000 itself aside). */
  readonly decode: Uint16Array;
  /** By UTF-16 unit: the bytes to write, lead * 256 + trail; 0 where it cannot be written (U+0000 itself aside). */
  readonly encode: Uint16Array;
}

/** Lead bytes in the order in which duplicates are resolved: JIS and NEC row 13 before the IBM extensions. */
const WRITTEN_LEADS = [...range(0x81, 0x9f), ...range(0xe0, 0xea), ...range(0xfa, 0xfc)];
const READ_ONLY_LEADS = [NEC_FIRST, NEC_LAST];

function* range(first: number, last: number): Generator<number> {
  for (let i = first; i <= last; i++) yield i;
}

export const isTrail = (byte: number): boolean => byte >= 0x40 && byte <= 0xfc && byte !== 0x7f;
export const isLead = (byte: number): boolean => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);

let table: Ms932Table | undefined;

/** The table of MS932 (Windows-31J), built at the first call. */
export function ms932Table(): Ms932Table {
  table ??= buildTable(decodeShiftJis);
  return table;
}

/** Builds the table from a decoder of Shift_JIS; only two-byte characters outside the user-defined area are asked of it. */
export function buildTable(source: (bytes: Uint8Array) => string): Ms932Table {
  const decode = new Uint16Array(0x10000);
  const encode = new Uint16Array(0x10000);
  const both = (code: number, unit: number) => {
    decode[code] = unit;
    encode[unit] = code;
  };
  for (const byte of range(0x00, 0x7f)) both(byte, byte);
  for (const byte of range(0xa1, 0xdf)) both(byte, 0xff61 + byte - 0xa1);
  const trails = [...range(0x40, 0xfc)].filter(isTrail);
  for (const lead of range(0xf0, 0xf9)) {
    trails.forEach((trail, i) => {
      decode[lead * 256 + trail] = GAIJI_FIRST + (lead - 0xf0) * trails.length + i;
    });
  }
  const leads = [...WRITTEN_LEADS, ...READ_ONLY_LEADS];
  const pairs = leads.flatMap((lead) => trails.map((trail) => [lead, trail] as const));
  const decoded = source(Uint8Array.from(pairs.flatMap(([lead, trail]) => [lead, trail, 0x0a]))).split('\n');
  pairs.forEach(([lead, trail], i) => {
    const text = decoded[i] ?? '';
    const unit = text.charCodeAt(0);
    if (text.length !== 1 || unit === 0xfffd || unit < 0x80) return;
    decode[lead * 256 + trail] = unit;
    if (encode[unit] === 0 && !READ_ONLY_LEADS.includes(lead)) encode[unit] = lead * 256 + trail;
  });
  return { decode, encode };
}
