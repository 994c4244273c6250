/** A string in the text of a JSON document. */
export interface JsonString {
  /** Where it stands, its quotes included. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The keys and indices that lead to it; to be read before the next string is taken. */
  readonly path: readonly (string | number)[];
}

/** The strings of a sound JSON document, in order, keys aside: so that they can be changed and nothing else. */
export function* jsonStrings(text: string): Generator<JsonString> {
  const path: (string | number)[] = [];
  let isKey = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '{') {
      path.push('');
      isKey = true;
    } else if (char === '[') {
      path.push(0);
      isKey = false;
    } else if (char === '}' || char === ']') {
      path.pop();
      isKey = false;
    } else if (char === ':') {
      isKey = false;
    } else if (char === ',') {
      const last = path.at(-1);
      if (typeof last === 'number') path[path.length - 1] = last + 1;
      else isKey = true;
    } else if (char === '"') {
      const end = endOfString(text, i);
      const value: string = JSON.parse(text.slice(i, end));
      if (isKey) path[path.length - 1] = value;
      else yield { start: i, end, value, path };
      i = end - 1;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; ; i++) {
    const char = text[i];
    if (char === '"') return i + 1;
    if (char === '\\') i++;
  }
}

/** A path as a JSON pointer (RFC 6901). */
export const pointerOf = (path: readonly (string | number)[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
