import { type TransmissionFile, transmissionName } from '../../src/index.js';
import { latin1 } from './damage.js';
import { cleanSamples } from './fixtures.js';

/** The name of the one image of the sample. */
export const IMAGE = 'UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500_0001.jpg';

/** The sample of basic information and a preventive plan; UPKIHON names this image in its first row (none where empty). */
export function preventive(imageName = IMAGE): TransmissionFile[] {
  return cleanSamples()
    .filter(({ path }) => path.startsWith('preventive'))
    .map(({ path, bytes }) => {
      const { name = '', kind } = transmissionName(path) ?? {};
      if (kind !== 'UPKIHON') return { name, bytes };
      const cell = imageName === '' ? '' : `"${imageName}"`;
      return { name, bytes: Buffer.from(latin1(bytes).replace(`"${IMAGE}"`, cell), 'latin1') };
    });
}
