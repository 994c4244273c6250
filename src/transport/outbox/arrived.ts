import type { PreviousMessage } from '../envelope/index.js';
import type { Routing } from '../message.js';

/** What the inbox keeps of a message: that it was there, and how it ended. Nothing of its content. */
export interface ArrivedRecord extends Routing {
  readonly id: string;
  /**
   * `given`: to the application, which has not said that it is done; `delivered`, `read`: taken; `rejected`: refused.
   */
  readonly state: 'given' | 'delivered' | 'read' | 'rejected';
  /** SHA-256 of what came: another content under the same id is another message. */
  readonly digest: string;
  /** Milliseconds since 1970 UTC: when it was first seen, and when it ended. */
  readonly firstAt: number;
  readonly endedAt?: number;
  readonly reasons?: readonly string[];
  /** The receipt as it was signed: the same, however often it is asked for. */
  readonly signed?: string;
  /** The far side knows how it ended. */
  readonly told?: boolean;
}

/** A message before this one that has not come. */
export type Gap = PreviousMessage;
