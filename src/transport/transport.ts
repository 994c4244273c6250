import type {
  DeliveryState,
  InboundMessage,
  InboxEntry,
  InboxQuery,
  InboxRef,
  OutboundMessage,
  Page,
  ReceiptInput,
  SendResult,
  SentQuery,
  SentRef,
  SentStatus,
  Standard,
} from './message.js';

/** What a transport can do. Frozen, and the same from the first call to the last. */
export interface TransportCapabilities {
  /** Who has the message when `send` resolves: the far side, or a place from which a person or program carries it on. */
  readonly acceptance: 'relay' | 'handoff';
  /** The same message sent twice is one message with one receipt. */
  readonly idempotentSend: boolean;
  /**
   * `exact`: undefined means that it is not there. `best-effort`: found or `unsupported`, never undefined. `none`: always
   * `unsupported`.
   */
  readonly lookup: 'exact' | 'best-effort' | 'none';
  /** The states that `lookup` or `listSent` can report. */
  readonly status: readonly DeliveryState[];
  readonly signedReceipts: boolean;
  readonly endToEndEncryption: 'required' | 'supported' | 'none';
  /** A sender's messages, sent in the order of their serials, are listed in that order. */
  readonly orderedInbox: boolean;
  readonly recall: boolean;
  readonly watch: boolean;
  readonly listSent: boolean;
  /** A person must log in from time to time. */
  readonly interactiveLogin: boolean;
  readonly standards: readonly Standard[];
  readonly limits: TransportLimits;
}

export interface TransportLimits {
  readonly maxParts: number;
  readonly maxPartBytes: number;
  readonly maxMessageBytes: number;
  /** The kinds of file that it carries; any where absent. */
  readonly partKinds?: readonly string[];
}

export interface TransportProgress {
  readonly phase: 'upload' | 'download';
  /** The number of the part, from 1. */
  readonly part: number;
  /** Bytes of the whole message so far, and in all. */
  readonly bytes: number;
  readonly total: number;
}

/** What goes with every call of a driver. */
export interface AttemptOptions {
  /** Ends the call, and the reading of bodies that it gave. */
  readonly signal: AbortSignal;
  /** When the caller gives up, in milliseconds since 1970 UTC, for drivers that can pass it on. */
  readonly deadline: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly traceparent?: string;
  readonly onProgress?: (progress: TransportProgress) => void;
}

export interface Health {
  readonly ok: boolean;
}

/** A road for messages. A call is one attempt and says honestly what became of it; `transportClient` tries again. */
export interface Transport {
  /** `memory`, `folder`, ... */
  readonly name: string;
  /** The version of this contract. */
  readonly contract: 1;
  readonly capabilities: TransportCapabilities;

  /** Resolves when the far side has taken durable responsibility, or when the files are durably handed over. */
  send(message: OutboundMessage, options: AttemptOptions): Promise<SendResult>;
  /** What the far side knows of a message; undefined: provably nothing. */
  lookup(ref: SentRef, options: AttemptOptions): Promise<SentStatus | undefined>;
  /** One page of what has arrived and is not acknowledged. A cursor that is not its own is an error (`config`). */
  list(query: InboxQuery, options: AttemptOptions): Promise<Page<InboxEntry>>;
  /** A message with its bodies. `message.unknown` where it is not in a mailbox of this transport. */
  fetch(ref: InboxRef, options: AttemptOptions): Promise<InboundMessage>;
  /** Says that it is safe, read or refused; durable when it resolves, and the same again is no error. */
  acknowledge(ref: InboxRef, receipt: ReceiptInput, options: AttemptOptions): Promise<void>;

  /** What was sent, oldest first. */
  listSent?(query: SentQuery, options: AttemptOptions): Promise<Page<SentStatus>>;
  /** Takes a message back that nobody has fetched. */
  recall?(ref: SentRef, options: AttemptOptions): Promise<'recalled' | 'too-late'>;
  /** Hints that `list` may have something new, until the signal ends it; hints may be lost. */
  watch?(query: InboxQuery, options: AttemptOptions): AsyncIterable<{ readonly hint: 'inbox' }>;
  check?(options: AttemptOptions): Promise<Health>;

  /** Ends pending calls with `closed`, as it does all later ones. May be called again. */
  close(): Promise<void>;
}

/** The verbs that a driver has exactly when its manifest claims them. */
export const OPTIONAL_VERBS = ['listSent', 'recall', 'watch'] as const;

/** What a driver's author writes; `defineTransport` makes a transport of it. */
export interface TransportDriver extends Omit<Transport, 'contract' | 'close'> {
  /** Lets go of what is open. Called once. */
  close?(): Promise<void>;
}
