/** A cell in the text of a CSV file. */
export interface CsvCell {
  /** Where it stands, its quotes included. */
  readonly start: number;
  readonly end: number;
  /** Its text, without the quotes. */
  readonly value: string;
  readonly quoted: boolean;
  /** Whether it is bare, or its quotes enclose all of it: so that another text can be put in its place. */
  readonly sound: boolean;
}

/** The rows of a CSV text as cells. A quote that is never closed is a character as any other, as are those behind it. */
export function* csvRows(text: string): Generator<readonly CsvCell[]> {
  let row: CsvCell[] = [];
  let quotes = true;
  for (let at = 0; at < text.length || row.length > 0; ) {
    let closing = -1;
    if (quotes && text[at] === '"') {
      closing = closingQuote(text, at);
      quotes = closing >= 0;
    }
    const end = endOfBare(text, closing < 0 ? at : closing + 1);
    const inside = closing < 0 ? '' : text.slice(at + 1, closing).replaceAll('""', '"');
    const bare = text.slice(closing < 0 ? at : closing + 1, end);
    row.push({ start: at, end, value: inside + bare, quoted: closing >= 0, sound: closing < 0 || bare === '' });
    at = end + 1;
    if (text[end] === ',') continue;
    yield row;
    row = [];
    if (text[end] === '\r' && text[at] === '\n') at++;
  }
}

function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function endOfBare(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== ',' && text[end] !== '\r' && text[end] !== '\n') end++;
  return end;
}
