import { styleText } from 'node:util';

type Format = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green';

/** A text in colour where the standard output is a terminal that has colours; NO_COLOR and FORCE_COLOR decide else. */
export const paint = (text: string, ...formats: readonly Format[]): string =>
  // One by one: of several at once Node 20 does not ask the stream.
  formats.reduce((painted, format) => styleText(format, painted, { stream: process.stdout }), text);

/** A text without what could command a terminal, for names that others chose. */
export const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\ufffd');
