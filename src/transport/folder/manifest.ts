import { isAddress } from '../address.js';
import { nameFault } from '../names.js';
import { laneSerial, type Manifest, parseManifestName } from './places.js';

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * A manifest that another program wrote, as far as it can be trusted: of the expected form, about the message that its
 * own name says, naming only files that may have such names. Undefined for anything else.
 */
export function trustedManifest(name: string, value: unknown): Manifest | undefined {
  const said = parseManifestName(name);
  const { id, from, to, serial, standard, kinds, container, files } = (value ?? {}) as Partial<Manifest>;
  if (!said || said.id !== id || !isText(serial) || !from || !to || !isAddress(from) || !isAddress(to))
    return undefined;
  if (laneSerial({ from, to, serial }) !== said.set || !isText(standard)) return undefined;
  if (!Array.isArray(kinds) || !kinds.every(isText) || !Array.isArray(files) || files.length === 0) return undefined;
  const names = files.map((file) => file?.name);
  if (![...names, ...(container === undefined ? [] : [container])].every((one) => isText(one) && !nameFault(one))) {
    return undefined;
  }
  const isFile = ({ kind, mediaType, sha256 }: Manifest['files'][number]) => [kind, mediaType, sha256].every(isText);
  return files.every(isFile) ? (value as Manifest) : undefined;
}
