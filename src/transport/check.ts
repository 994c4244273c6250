import { isAddress, sameAddress } from './address.js';
import { TransportError } from './error.js';
import { isMessageId } from './id.js';
import type { OutboundMessage, ReceiptInput } from './message.js';
import { foldName, nameFault } from './names.js';
import type { TransportCapabilities } from './transport.js';

const HASH = /^[0-9a-f]{64}$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * Refuses a message that no transport carries, or not this one: before anything of it leaves.
 *
 * Throws a TransportError: `message.invalid` (form of id, addresses, serial, names, sizes; names that are one on a file
 * system without letter case), `address.self`, `standard.unsupported`, `combination.invalid` (kinds that it does not
 * carry), `too-large`.
 */
export function checkMessage(message: OutboundMessage, { limits, standards }: TransportCapabilities): void {
  const { id, from, to, serial, standard, kinds, parts } = message;
  const refuse = (code: 'message.invalid' | 'too-large' | 'combination.invalid', part?: number): never => {
    throw new TransportError(code, { messageId: id, ...(part === undefined ? {} : { part: part + 1 }) });
  };
  if (!isMessageId(id) || !isAddress(from) || !isAddress(to) || !/^[0-9]{14}$/.test(serial)) refuse('message.invalid');
  if (sameAddress(from, to)) throw new TransportError('address.self', { messageId: id });
  if (!standards.includes(standard)) throw new TransportError('standard.unsupported', { messageId: id });
  if (parts.length === 0) refuse('message.invalid');
  if (parts.length > limits.maxParts) refuse('too-large');
  const names = new Set<string>();
  let total = 0;
  for (const [i, { name, kind, size, sha256 }] of parts.entries()) {
    if (nameFault(name) !== undefined || names.has(foldName(name)) || !kinds.includes(kind))
      refuse('message.invalid', i);
    if (!Number.isSafeInteger(size) || size < 0 || !HASH.test(sha256)) refuse('message.invalid', i);
    if (limits.partKinds && !limits.partKinds.includes(kind)) refuse('combination.invalid', i);
    if (size > limits.maxPartBytes) refuse('too-large', i);
    names.add(foldName(name));
    total += size;
  }
  if (total > limits.maxMessageBytes) refuse('too-large');
}

/** Refuses a receipt that says more than codes: a reason in words may name a person. Throws `config`. */
export function checkReceipt(receipt: ReceiptInput): void {
  if (receipt.kind !== 'rejected') return;
  if (receipt.reasons.length === 0 || !receipt.reasons.every((code) => CODE.test(code))) {
    throw new TransportError('config');
  }
}
