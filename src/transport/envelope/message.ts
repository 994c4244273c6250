import type { Routing } from '../message.js';

/** A file as a person would see it. */
export interface PlainFile {
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A message that is not sealed. */
export interface PlainMessage extends Routing {
  readonly id: string;
  readonly files: readonly PlainFile[];
}

/** The message of the same lane (sender and receiver) that went before. */
export interface PreviousMessage {
  readonly id: string;
  readonly serial: string;
}

/** A sealed message: text of ASCII alone, the same bytes whenever it is sent. */
export interface SealedMessage {
  /** The routing header, canonical JSON (RFC 8785): all that whoever carries it can read. */
  readonly header: string;
  /** The manifest, a JWE in General JSON Serialization, and each file, a compact JWE. */
  readonly parts: readonly string[];
}

/** What was sealed, proved: whoever signed it is the sender, and it is for this receiver. */
export interface OpenedMessage extends PlainMessage {
  /** When it was sealed, in milliseconds since 1970 UTC. */
  readonly createdAt: number;
  /** Null for the first of its lane. */
  readonly previous: PreviousMessage | null;
  /** The SHA-256 of the sealed manifest, in hexadecimal digits: what a receipt is bound to. */
  readonly manifestSha256: string;
  /** The sender's key that signed it. */
  readonly kid: string;
}
