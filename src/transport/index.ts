/** Where transmissions go: bytes, names and addresses. Imports neither schema nor codec, and runs in browsers. */
export { type Address, formatAddress, isAddress, owns, parseAddress, sameAddress } from './address.js';
export { contentId, messageDigest, partOf, readPart, sha256 } from './bytes.js';
export { checkMessage } from './check.js';
export {
  type ClientOptions,
  type FetchedMessage,
  type SentMessage,
  type TransportClient,
  transportClient,
} from './client.js';
export { type Clock, systemClock } from './clock.js';
export { defineTransport } from './define.js';
export { TransportError, type TransportErrorDetails } from './error.js';
export { type Outcome, type Retry, TRANSPORT_ERRORS, type TransportErrorCode } from './error-codes.js';
export type { TransportEvent, TransportVerb } from './events.js';
export { isMessageId, messageId } from './id.js';
export { type MemoryFault, type MemoryNetwork, type MemoryOptions, memoryNetwork } from './memory.js';
export {
  type DeliveryState,
  type InboundMessage,
  type InboxEntry,
  type InboxQuery,
  type InboxRef,
  type OutboundMessage,
  type Page,
  type PartSource,
  type Receipt,
  type ReceiptInput,
  type Routing,
  SEALED,
  type SendResult,
  type SentQuery,
  type SentRef,
  type SentStatus,
  type Standard,
} from './message.js';
export { type NameFault, nameFault } from './names.js';
export type { CallOptions } from './repeat.js';
export { RETRY_POLICY, type RetryPolicy } from './retry.js';
export { fitsHeader, formatHeader, headerBinding, parseHeader, type RoutingHeader } from './routing-header.js';
export { serialAfter } from './serial-after.js';
export type {
  AttemptOptions,
  Health,
  Transport,
  TransportCapabilities,
  TransportDriver,
  TransportLimits,
  TransportProgress,
} from './transport.js';
