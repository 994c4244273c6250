import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type OfficeView, office } from '../../core/directory.js';
import { Problem } from '../../core/problem.js';
import { rotate } from '../../core/rotate.js';
import { type Answer, route } from '../route.js';
import * as schemas from '../schemas.js';

const params = z.strictObject({ address: schemas.addressText });

/** The entry with a tag of its content. */
function answer(status: number, view: OfficeView): Answer {
  const tag = createHash('sha256').update(JSON.stringify(view)).digest('hex');
  return { status, json: view, fields: { 'ETag': `"${tag}"`, 'Cache-Control': 'private, no-cache' } };
}

export const directory = [
  route({
    operation: 'office',
    method: 'GET',
    path: '/v1/offices/{address}',
    says: 'The directory entry of an address as the registrar signed it, and the rotations since',
    who: 'office',
    params,
    answers: {
      200: { says: 'The entry', schema: schemas.officeView, fields: ['ETag'] },
      304: { says: 'It is that of If-None-Match', fields: ['ETag'] },
    },
    problems: ['office-unknown'],
    async handle({ relay, params, headers }) {
      const found = answer(200, await office(relay.database, params.address));
      const tag = found.fields?.ETag ?? '';
      const same = headers.get('If-None-Match') === tag;
      return same ? { status: 304, fields: found.fields ?? {} } : found;
    },
  }),
  route({
    operation: 'rotateKey',
    method: 'PUT',
    path: '/v1/offices/{address}/keys/{kid}',
    says: 'Adds a key that a valid key of the same address vouches for',
    who: 'office',
    params: params.extend({ kid: schemas.kid }),
    body: { type: 'application/json', schema: schemas.rotationBody, limit: 'maxReceiptBytes' },
    answers: {
      201: { says: 'It holds from now on', schema: schemas.officeView, fields: ['ETag'] },
      200: { says: 'It was there', schema: schemas.officeView, fields: ['ETag'] },
    },
    problems: ['key-untrusted', 'key-conflict'],
    async handle({ relay, address, params, body }) {
      // Another's keys are no more there than an unknown office's.
      if (params.address !== address) throw new Problem('not-found');
      const { created } = await rotate(relay, address, params.kid, body.rotation);
      return answer(created ? 201 : 200, await office(relay.database, address));
    },
  }),
];
