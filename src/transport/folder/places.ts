import { join } from 'node:path';
import { type Address, formatAddress } from '../address.js';
import type { Clock } from '../clock.js';
import type { Standard } from '../message.js';
import type { TransportLimits } from '../transport.js';
import type { Disk } from './disk.js';
import type { Grouping, SetFile } from './grouping.js';

/** Why a file lies in the folder and is not part of what `list` gives. */
export type LeftReason =
  /** No name of the exchange. */
  | 'name'
  /** A name that no system should be given. */
  | 'hostile'
  /** A link, a folder, a pipe. */
  | 'not-a-file'
  /** It grew, was replaced, or has not been looked at twice. */
  | 'changing'
  /** Another program holds it, or it may not be read. */
  | 'unreadable'
  /** Other files of its set are missing. */
  | 'incomplete'
  /** Two files with different bytes claim the same place in a set. */
  | 'unclear'
  /** For an address that is not this transport's. */
  | 'other-mailbox'
  /** Beyond the limits. */
  | 'too-large'
  /** A ZIP that is damaged, encrypted, or would write outside its folder. */
  | 'zip';

/** A file that was left where it lies. Its name may be a person's: it is told to the one who asks, and in no error. */
export interface LeftFile {
  readonly name: string;
  readonly reason: LeftReason;
}

export interface FolderOptions {
  /** The folder. In it: `out`, `manifests`, `in`, `done`, `refused` and `state`. */
  readonly root: string;
  /** The addresses it acts for; any where absent. */
  readonly addresses?: readonly Address[];
  /** Where received files are laid; `in` of the root where absent. */
  readonly in?: string;
  /**
   * Where the program that lays files there puts its manifests: then a set is whole when its manifest is there. Absent
   * where people lay the files: then when it was seen twice without a change.
   */
  readonly inManifests?: string;
  /** Writes each message as one ZIP. */
  readonly zip?: boolean;
  readonly grouping?: Grouping;
  /**
   * Whether these files, of one sender, receiver and serial, are a whole set; any are where absent. Asked at every look
   * at the folder, of files within the limits.
   */
  readonly isWhole?: (files: readonly SetFile[]) => boolean;
  /** Told at every scan of what was left, and why. */
  readonly onLeft?: (left: readonly LeftFile[]) => void;
  /** How long a file must look the same, in milliseconds; 2,000 where absent. */
  readonly stableMs?: number;
  /** How long to try while another program holds a file, in milliseconds; 30,000 where absent. */
  readonly renameMs?: number;
  readonly limits?: Partial<TransportLimits>;
  readonly clock?: Clock;
  readonly disk?: Disk;
}

/** The places in a folder. */
export const placesOf = ({ root, in: incoming, inManifests }: FolderOptions) => ({
  out: join(root, 'out'),
  manifests: join(root, 'manifests'),
  in: incoming ?? join(root, 'in'),
  inManifests,
  done: join(root, 'done'),
  refused: join(root, 'refused'),
  sending: join(root, 'state', 'sending'),
  staged: join(root, 'state', 'staged'),
  received: join(root, 'state', 'received'),
});
export type Places = ReturnType<typeof placesOf>;

/** What a manifest holds: written last, when every file it names is in its place. */
export interface Manifest {
  readonly version: 1;
  readonly id: string;
  readonly from: Address;
  readonly to: Address;
  readonly serial: string;
  readonly standard: Standard;
  readonly kinds: readonly string[];
  /** The ZIP that holds the files, where they do not lie there themselves. */
  readonly container?: string;
  readonly files: readonly ManifestFile[];
  readonly digest: string;
  /** Milliseconds since 1970 UTC. */
  readonly acceptedAt: number;
  /** The folder below `state/staged` that the files came from. */
  readonly staged: string;
}

export interface ManifestFile {
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

const ENDING = '.manifest.json';

/** The lane and serial of a message, as its manifest's name begins. */
export const laneSerial = ({ from, to, serial }: { from: Address; to: Address; serial: string }): string =>
  `${formatAddress(from)}_${formatAddress(to)}_${serial}`;

/** The names of what lies in the folder for a manifest: its ZIP or its files. */
export const liesOfManifest = ({ container, files }: Manifest): readonly string[] =>
  container === undefined ? files.map(({ name }) => name) : [container];

export const manifestName = (message: { from: Address; to: Address; serial: string; id: string }): string =>
  `${laneSerial(message)}.${message.id}${ENDING}`;

/** What a manifest's name says; undefined for other names. */
export function parseManifestName(
  name: string,
): { readonly to: string; readonly set: string; readonly id: string } | undefined {
  const match =
    /^(?<set>[0-9A-Z]{10}-[0-9A-Z]{2}_(?<to>[0-9A-Z]{10}-[0-9A-Z]{2})_[0-9]{14})\.(?<id>[0-9a-f-]{36})\.manifest\.json$/.exec(
      name,
    );
  const { set = '', to = '', id = '' } = match?.groups ?? {};
  return match ? { set, to, id } : undefined;
}
