import { isAddress, sameAddress } from './address.js';
import { TransportError } from './error.js';
import { isMessageId } from './id.js';
import { type OutboundMessage, type ReceiptInput, SEALED } from './message.js';
import { foldName, nameFault } from './names.js';
import { fitsHeader } from './routing-header.js';
import type { TransportCapabilities } from './transport.js';

const HASH = /^[0-9a-f]{64}$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * Refuses a message that no transport carries, or not this one: before anything of it leaves.
 *
 * Throws a TransportError: `message.invalid` (form of id, addresses, serial, names, sizes; names that are one on a file
 * system without letter case; a header that says other than the message), `unsupported` (sealed where nothing sealed is
 * carried, or not where it must be), `address.self`, `standard.unsupported`, `combination.invalid` (kinds that it does not
 * carry), `too-large`.
 */
export function checkMessage(message: OutboundMessage, capabilities: TransportCapabilities): void {
  const { limits, standards, endToEndEncryption } = capabilities;
  const { id, from, to, serial, standard, kinds, parts, header } = message;
  const refuse = (code: 'message.invalid' | 'too-large' | 'combination.invalid', part?: number): never => {
    throw new TransportError(code, { messageId: id, ...(part === undefined ? {} : { part: part + 1 }) });
  };
  if (!isMessageId(id) || !isAddress(from) || !isAddress(to) || !/^[0-9]{14}$/.test(serial)) refuse('message.invalid');
  if (sameAddress(from, to)) throw new TransportError('address.self', { messageId: id });
  if (!standards.includes(standard)) throw new TransportError('standard.unsupported', { messageId: id });
  if (parts.length === 0) refuse('message.invalid');
  if (parts.length > limits.maxParts) refuse('too-large');
  const sealed = header !== undefined;
  if (sealed ? endToEndEncryption === 'none' : endToEndEncryption === 'required') {
    throw new TransportError('unsupported', { messageId: id });
  }
  if (sealed && !fitsHeader(message, header)) refuse('message.invalid');
  const names = new Set<string>();
  let total = 0;
  for (const [i, { name, kind, size, sha256 }] of parts.entries()) {
    if (
      nameFault(name) !== undefined ||
      names.has(foldName(name)) ||
      !(sealed ? kind === SEALED : kinds.includes(kind))
    )
      refuse('message.invalid', i);
    if (!Number.isSafeInteger(size) || size < 0 || !HASH.test(sha256)) refuse('message.invalid', i);
    if (limits.partKinds && !sealed && !limits.partKinds.includes(kind)) refuse('combination.invalid', i);
    if (size > limits.maxPartBytes) refuse('too-large', i);
    names.add(foldName(name));
    total += size;
  }
  if (total > limits.maxMessageBytes) refuse('too-large');
}

/** A compact JWS; receipts are short. */
const SIGNED = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const LONGEST_RECEIPT = 64 * 1024;

/** Refuses a receipt that says more than codes: a reason in words may name a person. Throws `config`. */
export function checkReceipt(receipt: ReceiptInput): void {
  const { signed } = receipt;
  if (signed !== undefined && !(signed.length <= LONGEST_RECEIPT && SIGNED.test(signed))) {
    throw new TransportError('config');
  }
  if (receipt.kind !== 'rejected') return;
  if (receipt.reasons.length === 0 || !receipt.reasons.every((code) => CODE.test(code))) {
    throw new TransportError('config');
  }
}
