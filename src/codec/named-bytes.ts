/** A file as it lies somewhere: its path or name, and its bytes. */
export interface NamedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}
