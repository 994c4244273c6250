import { type Decrypter, dataKey, type PublicKey } from '../../envelope/index.js';

/** What a journal is sealed with: bytes become ASCII that only the holder of the key reads. */
export interface JournalCipher {
  /** The key of the data, wrapped for those who may open it today: what the journal's first record keeps. */
  note(): Promise<string>;
  encrypt(bytes: Uint8Array): Promise<string>;
  /** Rejects for what was not encrypted with this key. */
  decrypt(text: string): Promise<Uint8Array>;
}

/** Seals a journal at rest. */
export interface JournalSeal {
  /** The cipher of a journal, by the note of its first record; without one a new key. */
  open(note?: string): Promise<JournalCipher>;
}

/**
 * Seals a journal to the office's own keys: A256GCM with a data key that the journal's first record holds as a JWE for
 * every valid key of the office (`OfficeKeys` fits). Whenever the journal is written anew it is wrapped for the keys of
 * that day; keep an old private key until then (`compact`).
 */
export const journalSeal = (keys: {
  readonly decrypter: Decrypter;
  readonly publicKeys: readonly PublicKey[];
}): JournalSeal =>
  Object.freeze({
    async open(note?: string) {
      const { wrap, encrypt, decrypt } = await dataKey(keys, note);
      return { note: wrap, encrypt, decrypt };
    },
  });
