import { type ImageKind, type Layout, V4_1 } from '../schema/internal.js';
import { narrow } from '../schema/layout.js';

/** The parts of a name as they stand in it: half-width and in capitals. */
export interface NameTexts {
  readonly kind: string;
  /** `YYYYMM` */
  readonly month?: string;
  readonly from: { readonly officeNumber: string; readonly serviceType?: string };
  readonly to: { readonly officeNumber: string; readonly serviceType?: string };
  readonly serial: string;
  readonly branch?: string;
}

const JOINT = '(?:\\s*_\\s*|\\s+)';
/** 10 characters, or 9 digits: the standard's own examples have such. */
const OFFICE = '[0-9]{2}[0-9A-Z]?[0-9]{7}';
/** Two characters; in edition 4.0 three, of unknown form; in edition 3 none. */
const TYPE = '[0-9A-Z]{2}|[!-^`-~]{3}';
/** With a letter or digit more, a kind or a serial is another one. */
const BEFORE = '(?:^|[^0-9A-Z])';
const BEHIND = '(?![0-9A-Z])';
/** With a second number as long behind it, a name is not the only one that can be read. */
const ANOTHER = /[0-9]{10}/;

const address = (side: string) => `${JOINT}(?<${side}>${OFFICE})(?:${JOINT}(?<${side}Type>${TYPE}))?`;

function form(kinds: readonly string[], extension: string, branchDigits: number) {
  const kind = kinds.map((one) => one.replaceAll('_', JOINT)).join('|');
  const month = `(?:${JOINT}(?<month>[0-9]{6}))?`;
  const branch = branchDigits > 0 ? `${JOINT}(?<branch>[0-9]{${branchDigits}})` : '';
  const serial = `${JOINT}(?<serial>[0-9]{14})`;
  const text = `${BEFORE}(?<kind>${kind})${month}${address('from')}${address('to')}${serial}${branch}${BEHIND}`;
  return { extension, pattern: new RegExp(text, 'i') };
}

const layouts: readonly Layout[] = V4_1.layouts;
const images: readonly ImageKind[] = V4_1.images;
const FORMS = [
  form(
    layouts.map(({ kind }) => kind),
    'CSV',
    0,
  ),
  ...images.map(({ kind, extension, branchDigits }) => form([kind], extension, branchDigits)),
];

/** The image of a kind; undefined where the kind is not one of an image. */
export const imageOf = (kind: unknown): ImageKind | undefined => images.find((image) => image.kind === kind);

/** The one name of the standard inside a file's name, whatever people put around it; undefined where that is not certain. */
export function searchName(base: string): NameTexts | undefined {
  const text = narrow(base);
  const dot = text.lastIndexOf('.');
  const extension = text.slice(dot + 1).trim();
  const match = FORMS.find((one) => sameLetters(one.extension, extension))?.pattern.exec(text.slice(0, dot));
  if (!match || ANOTHER.test(text.slice(match.index + match[0].length))) return undefined;
  const { kind = '', month, from = '', fromType, to = '', toType, serial = '', branch } = match.groups ?? {};
  return {
    kind: kind.replace(/[\s_]+/g, '_').toUpperCase(),
    ...given('month', month),
    from: { officeNumber: from.toUpperCase(), ...given('serviceType', tidyType(fromType)) },
    to: { officeNumber: to.toUpperCase(), ...given('serviceType', tidyType(toType)) },
    serial,
    ...given('branch', branch),
  };
}

/** Whether a file's name is that of the standard to the letter; the extension in any letter case. */
export function isSameName(base: string, name: string): boolean {
  const dot = name.lastIndexOf('.');
  return base.slice(0, dot) === name.slice(0, dot) && sameLetters(base.slice(dot), name.slice(dot));
}

/** The name made of these parts. */
export function joinName({ kind, month, from, to, serial, branch }: NameTexts): string {
  const parts = [kind, month, from.officeNumber, from.serviceType, to.officeNumber, to.serviceType, serial, branch];
  return `${parts.filter((part) => part !== undefined).join('_')}.${imageOf(kind)?.extension ?? 'CSV'}`;
}

/** A property where there is a value for it. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });

/** Three characters are of unknown form: they stay as they are. */
const tidyType = (type: string | undefined) => (type?.length === 2 ? type.toUpperCase() : type);

const sameLetters = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
