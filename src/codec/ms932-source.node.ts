import iconv from 'iconv-lite';

/** Decodes Shift_JIS as Windows does; from it the table of `ms932-table.ts` is built. Node's source. */
export const decodeShiftJis = (bytes: Uint8Array): string => iconv.decode(Buffer.from(bytes), 'cp932');
