/** How much is sealed and opened at most: everything is measured before it is worked on. */
export interface EnvelopeLimits {
  /** Files of a message. */
  readonly files: number;
  /** Keys that a manifest is sealed for: those of the receiver and of the sender. */
  readonly recipients: number;
  /** Bytes of a file, before it is sealed and after it is opened. */
  readonly fileBytes: number;
  /** Bytes of all files of a message. */
  readonly messageBytes: number;
}

export const ENVELOPE_LIMITS: EnvelopeLimits = Object.freeze({
  files: 500,
  recipients: 32,
  fileBytes: 16 * 1024 * 1024,
  messageBytes: 64 * 1024 * 1024,
});

/** Characters of base64url that so many bytes take. */
const inBase64 = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/** The longest sealed file: DEFLATE adds 5 bytes to each 16 KiB that it cannot shorten; the rest is header, IV and tag. */
export const sealedFileBytes = (bytes: number): number => inBase64(Math.ceil(bytes * 1.001) + 64) + 200;

/** The longest sealed manifest: names of 255 bytes as JSON, keys and hashes twice in base64url; certificates; recipients. */
export const sealedManifestBytes = ({ files, recipients }: EnvelopeLimits): number =>
  inBase64(inBase64(files * 1200 + 4096) + 64 * 1024) + recipients * 2048;
