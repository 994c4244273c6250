import { expect } from 'vitest';
import {
  type Address,
  decodeDocuments,
  decodeFiles,
  encodeDocuments,
  encodeTransmission,
  type OutgoingTransmission,
  type Transmission,
} from '../../src/codec/index.js';
import type { Documents } from '../../src/schema/index.js';

export const OFFICE: Address = { officeNumber: '0370100105', serviceType: '43' };
export const SERVICE: Address = { officeNumber: '0370200210', serviceType: '11' };
export const SERIAL = '20251125200708';

/** The one transmission that files make. */
export function received(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Transmission {
  const { transmissions } = decodeFiles(files.map(({ name, bytes }) => ({ path: name, bytes })));
  expect(transmissions).toHaveLength(1);
  return transmissions[0] as Transmission;
}

/** Records as they arrive, put together into documents. */
export function documentsOfRecords(transmission: Partial<OutgoingTransmission>) {
  const sent = encodeTransmission({ from: OFFICE, to: SERVICE, files: {}, ...transmission }, { serial: SERIAL });
  if (!sent.ok) return expect.unreachable(JSON.stringify(sent.issues));
  return decodeDocuments(received(sent.files));
}

/** What stands in the way of sending documents: code and path. */
export const refusals = (documents: Documents, from = OFFICE) => {
  const sent = encodeDocuments({ from, to: SERVICE, documents }, { serial: SERIAL });
  return sent.issues.map(({ code, path }) => [code, path]);
};
