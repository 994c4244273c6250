import { z } from 'zod';
import { listInbox, receive, receivePart } from '../../core/inbox.js';
import { Problem } from '../../core/problem.js';
import { putReceipt } from '../../core/receipts.js';
import { partAnswer } from '../part-answer.js';
import { route } from '../route.js';
import * as schemas from '../schemas.js';

const mailbox = z.strictObject({ mailbox: schemas.addressText });
const message = mailbox.extend({ id: schemas.messageId });
const PART_FIELDS = ['ETag', 'Repr-Digest', 'Accept-Ranges'];
const OCTETS = 'application/octet-stream';

export const inbox = [
  route({
    operation: 'listInbox',
    method: 'GET',
    path: '/v1/mailboxes/{mailbox}/inbox',
    says: 'What waits in the mailbox, in the order in which it came; waits for a first entry where it is asked to',
    who: 'mailbox',
    params: mailbox,
    query: schemas.inboxQuery,
    answers: { 200: { says: 'A page', schema: schemas.inboxPage } },
    problems: ['cursor-invalid'],
    async handle({ relay, address, query, signal }) {
      const { cursor, from, limit = '100', wait = '0' } = query;
      const page = await listInbox(relay, address, { cursor, from, limit: Number(limit), wait: Number(wait) }, signal);
      return { status: 200, json: { ...page, pollAfter: relay.config.pollAfter } };
    },
  }),
  route({
    operation: 'receive',
    method: 'GET',
    path: '/v1/mailboxes/{mailbox}/inbox/{id}',
    says: 'A message with its routing header; from here on its sender cannot take it back',
    who: 'mailbox',
    params: message,
    answers: { 200: { says: 'The message', schema: schemas.received } },
    problems: ['expired', 'recalled', 'purged'],
    handle: async ({ relay, address, params }) => ({ status: 200, json: await receive(relay, address, params.id) }),
  }),
  route({
    operation: 'receivePart',
    method: 'GET',
    path: '/v1/mailboxes/{mailbox}/inbox/{id}/parts/{n}',
    says: 'The bytes of a part, or a range of them',
    who: 'mailbox',
    params: message.extend({ n: schemas.partNumber }),
    answers: {
      200: { says: 'All bytes', type: OCTETS, fields: PART_FIELDS },
      206: { says: 'A range', type: OCTETS, fields: [...PART_FIELDS, 'Content-Range'] },
      304: { says: 'They are those of If-None-Match', fields: PART_FIELDS },
    },
    problems: ['expired', 'recalled', 'purged', 'range-not-satisfiable'],
    async handle({ relay, address, params, headers }) {
      return partAnswer(await receivePart(relay, address, params.id, Number(params.n)), headers);
    },
  }),
  route({
    operation: 'putReceipt',
    method: 'PUT',
    path: '/v1/mailboxes/{mailbox}/inbox/{id}/receipts/{kind}',
    says: 'Says that a message is safe, read or refused; the first of a kind stays',
    who: 'mailbox',
    params: message.extend({ kind: schemas.receiptKind }),
    body: { type: 'application/json', schema: schemas.receiptBody, limit: 'maxReceiptBytes' },
    answers: {
      201: { says: 'It is kept', schema: schemas.receipt },
      200: { says: 'There was one of this kind: that one', schema: schemas.receipt },
    },
    problems: ['receipt-invalid', 'receipt-conflict', 'expired', 'recalled'],
    async handle({ relay, address, params, body }) {
      const { kind } = params;
      if ((kind === 'rejected') !== (body.reasons !== undefined)) throw new Problem('receipt-invalid');
      const { created, ...receipt } = await putReceipt(relay, address, params.id, { kind, ...body });
      return { status: created ? 201 : 200, json: receipt };
    },
  }),
];
