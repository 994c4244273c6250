/** Texts that are kept until all is known: as UTF-8, which takes less than strings and objects do. */
export class KeptTexts {
  private readonly texts: Buffer[] = [];

  add(text: string): void {
    this.texts.push(Buffer.from(text));
  }

  *[Symbol.iterator](): Generator<string> {
    for (const text of this.texts) yield text.toString();
  }
}

/** The lines of a JSON array: one for each text, the brackets not among them. */
export function* jsonLines(texts: Iterable<string>, indent: string): Generator<string> {
  let between = '';
  for (const text of texts) {
    yield `${between}\n${indent}${text}`;
    between = ',';
  }
}
