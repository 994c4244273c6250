import {
  DerError,
  type Element,
  readBoolean,
  readElement,
  readElements,
  readOid,
  readSequence,
  readSmallInteger,
} from './der.js';

/** What a certificate says of what its key may do (RFC 5280, section 4.2.1). */
export interface CertificateFacts {
  /** Whether it may issue others, and how many stand between it and the last of a path at most. */
  readonly ca: boolean;
  readonly pathLength: number | undefined;
  /** Undefined where it does not say: any. */
  readonly usage: { readonly sign: boolean; readonly issue: boolean } | undefined;
  /** Whether it is signed by an algorithm that is still sound. */
  readonly sound: boolean;
}

/** Content of the OIDs, in hexadecimal digits. */
const BASIC_CONSTRAINTS = '551d13';
const KEY_USAGE = '551d0f';
/** Critical and known: extended key usage and certificate policies, which forbid nothing that is done here. */
const KNOWN = [BASIC_CONSTRAINTS, KEY_USAGE, '551d25', '551d20'];
const SOUND = [
  '2a864886f70d01010b', // sha256WithRSAEncryption
  '2a864886f70d01010c', // sha384WithRSAEncryption
  '2a864886f70d01010d', // sha512WithRSAEncryption
  '2a8648ce3d040302', // ecdsa-with-SHA256
  '2a8648ce3d040303', // ecdsa-with-SHA384
  '2a8648ce3d040304', // ecdsa-with-SHA512
  '2b6570', // Ed25519
];

/**
 * Reads what a certificate in DER may do.
 *
 * Throws a DerError for one that is not DER, repeats an extension, or has a critical one that is not known here: who does not understand
 * a restriction must not pass over it.
 */
export function readFacts(der: Uint8Array): CertificateFacts {
  const [body, algorithm] = readSequence(der);
  if (body?.tag !== 0x30 || algorithm?.tag !== 0x30) throw new DerError('certificate');
  const extensions = new Map(readExtensions(readElements(body.content)));
  const basic = extensions.get(BASIC_CONSTRAINTS);
  const usage = extensions.get(KEY_USAGE);
  return {
    ...(basic ? readBasicConstraints(basic) : { ca: false, pathLength: undefined }),
    usage: usage && readUsage(usage),
    sound: SOUND.includes(readOid(readElement(algorithm.content))),
  };
}

function readExtensions(fields: readonly Element[]): [oid: string, value: Uint8Array][] {
  const wrapped = fields.find(({ tag }) => tag === 0xa3);
  const seen = new Set<string>();
  return (wrapped ? readSequence(wrapped.content) : []).map(({ content }) => {
    const [name, ...more] = readElements(content);
    const critical = more.length === 2 && readBoolean(more[0] as Element);
    const value = more.at(-1);
    const oid = readOid(name as Element);
    if (value?.tag !== 0x04 || more.length > 2 || seen.has(oid)) throw new DerError('extension');
    if (critical && !KNOWN.includes(oid)) throw new DerError('critical');
    seen.add(oid);
    return [oid, value.content];
  });
}

function readBasicConstraints(value: Uint8Array): Pick<CertificateFacts, 'ca' | 'pathLength'> {
  const [first, second, ...more] = readSequence(value);
  if (more.length > 0) throw new DerError('basicConstraints');
  return { ca: first !== undefined && readBoolean(first), pathLength: second && readSmallInteger(second) };
}

function readUsage(value: Uint8Array): CertificateFacts['usage'] {
  const { tag, content, rest } = readElement(value);
  const [unused = 8, bits = 0] = content;
  if (tag !== 0x03 || rest.length > 0 || content.length > 3 || unused > 7) throw new DerError('keyUsage');
  return { sign: (bits & 0x80) !== 0, issue: (bits & 0x04) !== 0 };
}
