import { z } from 'zod';
import { PROBLEMS } from '../core/problem.js';

const ADDRESS = /^[0-9]{2}[0-9A-Z][0-9]{7}-[0-9A-Z]{2}$/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

export const addressText = z.string().regex(ADDRESS).describe('An address: 0370100105-43');
export const messageId = z.string().regex(ID).describe('A message id: a UUID in lower case');
export const kid = z.string().regex(/^[A-Za-z0-9._~:-]{1,128}$/);
export const partNumber = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,6})$/)
  .describe('The number of a part, from 0');
export const jws = z
  .string()
  .max(64 * 1024)
  .regex(JWS);
const time = z.int().min(0).describe('Milliseconds since 1970 UTC');
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const state = z.enum([
  'uploading',
  'abandoned',
  'available',
  'fetched',
  'delivered',
  'read',
  'rejected',
  'recalled',
  'expired',
]);
export const receiptKind = z.enum(['delivered', 'read', 'rejected']);
const reasons = z.array(z.string().regex(CODE)).min(1).max(20);
const address = z.strictObject({ officeNumber: z.string(), serviceType: z.string() });
const routing = {
  id: messageId,
  from: address,
  to: address,
  serial: z.string().regex(/^[0-9]{14}$/),
  standard: z.enum(['4.1', '5.0']),
  kinds: z.array(z.string()),
};

/** The longest routing header that is read, in characters. */
const LONGEST_HEADER = 256 * 1024;
export const declaration = z.strictObject({
  header: z.string().max(LONGEST_HEADER).describe('The routing header, as formatHeader writes it'),
  parts: z.array(z.string()).min(1).optional().describe('The texts of all parts: commits the message'),
});
export const declared = z.strictObject({
  id: messageId,
  state,
  missing: z.array(z.int().min(0)),
  receipt: jws.optional(),
  duplicate: z.boolean(),
});
export const committed = declared.required({ receipt: true });
export const uploaded = z.strictObject({ n: z.int().min(0), size: z.int().min(0), sha256: hash });
export const closed = z.strictObject({ id: messageId, state: z.enum(['recalled', 'abandoned']) });

export const receipt = z.strictObject({
  kind: receiptKind,
  at: time,
  signed: jws.optional(),
  reasons: reasons.optional(),
});
export const receiptBody = z.strictObject({
  signed: jws.optional().describe("The receiver's JWS, carried as it is"),
  reasons: reasons.optional().describe('Codes: for rejected, and only there'),
});
const events = z.array(z.strictObject({ n: z.int().min(1), state: z.union([state, z.literal('purged')]), at: time }));
export const status = z.strictObject({
  ...routing,
  state,
  createdAt: time,
  expiresAt: time,
  acceptedAt: time.optional(),
  missing: z.array(z.int().min(0)).optional(),
  receipt: jws.optional(),
  reasons: reasons.optional(),
  receipts: z.array(receipt),
  events,
});
export const entry = z.strictObject({
  ...routing,
  parts: z.int().min(1),
  size: z.int().min(0),
  state,
  seq: z.int().min(1),
  availableAt: time,
  expiresAt: time,
});
export const received = entry.extend({ header: z.string(), receipts: z.array(receipt) });
const page = { next: z.string().describe('The cursor from which the list goes on'), more: z.boolean() };
export const sentPage = z.strictObject({ items: z.array(status), ...page });
export const inboxPage = z.strictObject({
  items: z.array(entry),
  ...page,
  pollAfter: z.int().min(1).describe('Seconds until the next question, where nobody waits'),
});

const limit = z
  .string()
  .regex(/^([1-9][0-9]?|1[0-9]{2}|200)$/)
  .optional()
  .describe('1 to 200; 100 where absent');
const cursor = z.string().max(40).optional().describe('`next` of the page before');
export const sentQuery = z.strictObject({ cursor, limit });
export const inboxQuery = z.strictObject({
  cursor,
  limit,
  wait: z
    .string()
    .regex(/^([0-9]|1[0-9]|2[0-5])$/)
    .optional()
    .describe('Seconds to wait for a first entry, 0 to 25'),
  from: addressText.optional(),
});

export const officeView = z.strictObject({ address: addressText, entry: z.string(), rotations: z.array(z.string()) });
export const rotationBody = z.strictObject({ rotation: jws });
export const relayView = z.strictObject({
  protocol: z.literal(1),
  origin: z.string(),
  keys: z.array(z.record(z.string(), z.unknown())),
  limits: z.strictObject({
    maxParts: z.int(),
    maxPartBytes: z.int(),
    maxMessageBytes: z.int(),
    maxJsonBytes: z.int(),
  }),
  standards: z.array(z.enum(['4.1', '5.0'])),
  sandbox: z.boolean(),
});
export const timeView = z.strictObject({ now: time });
export const healthView = z.strictObject({ ok: z.literal(true) });

export const problem = z.object({
  type: z.enum(Object.keys(PROBLEMS).map((slug) => `urn:careplan:problem:${slug}`)),
  title: z.string(),
  status: z.int().min(400).max(599),
  requestId: z.string(),
  retryable: z.boolean(),
  nextSerial: routing.serial.optional(),
  missing: z.array(z.int().min(0)).optional(),
  part: z.int().min(0).optional(),
  reason: z.enum(['form', 'id', 'from', 'expired']).optional(),
});
