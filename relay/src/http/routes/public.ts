import { z } from 'zod';
import { Problem } from '../../core/problem.js';
import { route } from '../route.js';
import * as schemas from '../schemas.js';

const none = z.strictObject({});

export const open = [
  route({
    operation: 'relay',
    method: 'GET',
    path: '/v1/relay',
    says: 'What this relay is: its origin, the keys of its receipts, what it carries',
    who: 'anyone',
    params: none,
    answers: { 200: { says: 'The relay', schema: schemas.relayView } },
    problems: [],
    async handle({ relay, sandbox }) {
      const { origin, standards, maxParts, maxPartBytes, maxMessageBytes, maxJsonBytes } = relay.config;
      const limits = { maxParts, maxPartBytes, maxMessageBytes, maxJsonBytes };
      const keys = [relay.signer.jwk];
      return { status: 200, json: { protocol: 1, origin, keys, limits, standards, sandbox: sandbox !== undefined } };
    },
  }),
  route({
    operation: 'time',
    method: 'GET',
    path: '/v1/time',
    says: 'The time by which tokens are judged',
    who: 'anyone',
    params: none,
    answers: { 200: { says: 'The time', schema: schemas.timeView } },
    problems: [],
    handle: async ({ relay }) => ({ status: 200, json: { now: relay.tokenNow() } }),
  }),
  route({
    operation: 'health',
    method: 'GET',
    path: '/healthz',
    says: 'Whether the process answers',
    who: 'anyone',
    params: none,
    answers: { 200: { says: 'It does', schema: schemas.healthView } },
    problems: [],
    handle: async () => ({ status: 200, json: { ok: true } }),
  }),
  route({
    operation: 'ready',
    method: 'GET',
    path: '/readyz',
    says: 'Whether the relay can work: its database answers, and it is not shutting down',
    who: 'anyone',
    params: none,
    answers: { 200: { says: 'It can', schema: schemas.healthView } },
    problems: [],
    async handle({ relay }) {
      await relay.database.get('SELECT 1 AS one');
      if (relay.closing.aborted) throw new Problem('unavailable');
      return { status: 200, json: { ok: true } };
    },
  }),
];
