/** Decodes Shift_JIS as Windows does; from it the table of `ms932-table.ts` is built. The browsers' source. */
export const decodeShiftJis = (bytes: Uint8Array): string => new TextDecoder('shift_jis').decode(bytes);
