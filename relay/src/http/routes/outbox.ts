import { z } from 'zod';
import { commit } from '../../core/commit.js';
import { declare } from '../../core/declare.js';
import { Problem } from '../../core/problem.js';
import { listSent, recall } from '../../core/sent.js';
import { status } from '../../core/status.js';
import { uploadPart } from '../../core/upload.js';
import { route } from '../route.js';
import * as schemas from '../schemas.js';

const mailbox = z.strictObject({ mailbox: schemas.addressText });
const message = mailbox.extend({ id: schemas.messageId });

export const outbox = [
  route({
    operation: 'declare',
    method: 'PUT',
    path: '/v1/mailboxes/{mailbox}/outbox/{id}',
    says: 'Declares a message by its routing header; with the texts of its parts, commits it too',
    who: 'mailbox',
    params: message,
    body: { type: 'application/json', schema: schemas.declaration, limit: 'maxJsonBytes' },
    answers: {
      201: { says: 'It is new', schema: schemas.declared },
      200: { says: 'It was there: what became of it', schema: schemas.declared },
    },
    problems: [
      'header-invalid',
      'address-self',
      'standard-unsupported',
      'part-mismatch',
      'office-unknown',
      'office-inactive',
      'message-conflict',
      'serial-conflict',
      'parts-missing',
      'mailbox-full',
    ],
    async handle({ relay, address, params, body }) {
      if ((body.parts?.length ?? 0) > relay.config.maxParts) throw new Problem('content-too-large');
      const { created, ...declared } = await declare(relay, address, params.id, body.header, body.parts);
      return { status: created ? 201 : 200, json: declared };
    },
  }),
  route({
    operation: 'uploadPart',
    method: 'PUT',
    path: '/v1/mailboxes/{mailbox}/outbox/{id}/parts/{n}',
    says: 'Uploads the bytes of a part',
    who: 'mailbox',
    params: message.extend({ n: schemas.partNumber }),
    body: { type: 'application/octet-stream', limit: 'maxPartBytes' },
    answers: {
      201: { says: 'It is stored', schema: schemas.uploaded },
      200: { says: 'It was there', schema: schemas.uploaded },
    },
    problems: ['part-mismatch', 'already-committed'],
    async handle({ relay, address, params, body }) {
      const { created, ...part } = await uploadPart(relay, address, params.id, Number(params.n), body);
      return { status: created ? 201 : 200, json: part };
    },
  }),
  route({
    operation: 'commit',
    method: 'POST',
    path: '/v1/mailboxes/{mailbox}/outbox/{id}/commit',
    says: 'Hands the message to its receiver; gives the same receipt every time',
    who: 'mailbox',
    params: message,
    answers: { 200: { says: 'It is committed', schema: schemas.committed } },
    problems: ['parts-missing', 'office-inactive'],
    handle: async ({ relay, address, params }) => ({ status: 200, json: await commit(relay, address, params.id) }),
  }),
  route({
    operation: 'status',
    method: 'GET',
    path: '/v1/mailboxes/{mailbox}/outbox/{id}',
    says: 'What became of a message',
    who: 'mailbox',
    params: message,
    answers: { 200: { says: 'Its status', schema: schemas.status } },
    problems: [],
    handle: async ({ relay, address, params }) => ({ status: 200, json: await status(relay, address, params.id) }),
  }),
  route({
    operation: 'listSent',
    method: 'GET',
    path: '/v1/mailboxes/{mailbox}/outbox',
    says: 'What was sent and committed, oldest first',
    who: 'mailbox',
    params: mailbox,
    query: schemas.sentQuery,
    answers: { 200: { says: 'A page', schema: schemas.sentPage } },
    problems: ['cursor-invalid'],
    async handle({ relay, address, query }) {
      const limit = Number(query.limit ?? 100);
      return { status: 200, json: await listSent(relay, address, { cursor: query.cursor, limit }) };
    },
  }),
  route({
    operation: 'recall',
    method: 'DELETE',
    path: '/v1/mailboxes/{mailbox}/outbox/{id}',
    says: 'Takes a message back that nobody has asked for, or gives an upload up',
    who: 'mailbox',
    params: message,
    answers: { 200: { says: 'It is taken back', schema: schemas.closed } },
    problems: ['too-late', 'expired'],
    handle: async ({ relay, address, params }) => ({ status: 200, json: await recall(relay, address, params.id) }),
  }),
];
