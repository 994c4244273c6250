/** How much of an archive is read at most. They hold while inflating, whatever the archive says of itself. */
export interface ZipLimits {
  /** Entries; 10,000 where absent. */
  readonly maxEntries?: number;
  /** Bytes of one file; 128 MiB where absent. */
  readonly maxFileSize?: number;
  /** Bytes of all files; 512 MiB where absent. */
  readonly maxTotalSize?: number;
  /** How many times as large as packed a file of more than 1 MiB may be; 500 where absent. */
  readonly maxRatio?: number;
}

/** The limits where the caller gives none. */
export const ZIP_LIMITS: Required<ZipLimits> = Object.freeze({
  maxEntries: 10_000,
  maxFileSize: 128 * 1024 * 1024,
  maxTotalSize: 512 * 1024 * 1024,
  maxRatio: 500,
});
