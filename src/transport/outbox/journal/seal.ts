/** What a journal is sealed with: texts become ASCII that only the holder of the key reads. */
export interface JournalCipher {
  /** The key of the data, wrapped for those who may open it today: what the journal's first record keeps. */
  readonly note: string;
  encrypt(bytes: Uint8Array): Promise<string>;
  /** Rejects for what was not encrypted with this key. */
  decrypt(text: string): Promise<Uint8Array>;
}

/** Seals a journal at rest. */
export interface JournalSeal {
  /** The cipher of a journal, by the note of its first record; without one a new key. */
  open(note?: string): Promise<JournalCipher>;
}
