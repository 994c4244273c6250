import {
  type FileKind,
  layoutOf,
  officeTypeOf,
  type ParsedAddress,
  serviceTypeOf,
  type Transmission,
  V4_1,
} from '../index.js';
import { WORDS } from './inspect-words.js';
import type { Language } from './io.js';

/** What a transmission is: when, from whom, to whom, and what. */
export interface UnitHead {
  readonly serial: string;
  /** The serial as a time in Japan, `YYYY-MM-DDThh:mm:ss`; absent where it is none. */
  readonly sentAt?: string;
  readonly from: Side;
  readonly to: Side;
  /** The groups of the standard's files that are in it: `slip`, `actuals` ... */
  readonly groups: readonly string[];
  /** `YYYY-MM`, from the names of the files. */
  readonly months: readonly string[];
}

interface Side extends ParsedAddress {
  readonly serviceTypeName?: string;
}

/** The group of a file that goes with several others, and says nothing of what it goes with. */
const ACCOMPANYING = 'both';

/** What is asked of a transmission to say what it is. */
interface Headed extends Pick<Transmission, 'from' | 'to' | 'serial'> {
  readonly files: readonly { readonly kind: FileKind; readonly month: string | undefined }[];
  readonly images: readonly { readonly kind: string }[];
}

export function unitHeadOf({ from, to, serial, files, images }: Headed): UnitHead {
  const groups = [
    ...files.map(({ kind }) => layoutOf(kind).group),
    ...images.map(({ kind }) => layoutOf(V4_1.images.find((one) => one.kind === kind)?.namedBy ?? '')?.group ?? ''),
  ];
  const heads = groups.filter((group) => group !== ACCOMPANYING);
  const months = files.map(({ month }) => month).filter((month) => month?.includes('-'));
  const time = /^(....)(..)(..)(..)(..)(..)$/.exec(serial);
  return {
    serial,
    ...(time ? { sentAt: `${time.slice(1, 4).join('-')}T${time.slice(4).join(':')}` } : {}),
    from: sideOf(from),
    to: sideOf(to),
    groups: [...new Set(heads.length > 0 ? heads : groups)],
    months: [...new Set(months as string[])].sort(),
  };
}

function sideOf({ officeNumber, serviceType }: ParsedAddress): Side {
  if (serviceType === undefined) return { officeNumber };
  const name = (officeTypeOf(serviceType) ?? serviceTypeOf(serviceType))?.ja;
  return { officeNumber, serviceType, ...(name === undefined ? {} : { serviceTypeName: name }) };
}

export const timeOf = ({ sentAt, serial }: UnitHead): string => sentAt?.replace('T', ' ') ?? serial;

export const sideText = ({ officeNumber, serviceType, serviceTypeName }: Side): string =>
  [officeNumber, serviceType, serviceTypeName].filter((one) => one !== undefined).join(' ');

export const contentOf = ({ groups, months }: UnitHead, language: Language): string =>
  [groups.map((group) => WORDS[language].groups[group] ?? group).join(' + '), ...months].join(' ');
