import { z } from 'zod';
import { sweep } from '../../core/sweep.js';
import { reset, type Sandbox } from '../../sandbox/sandbox.js';
import { snapshot } from '../../sandbox/snapshot.js';
import { type Call, route } from '../route.js';
import * as schemas from '../schemas.js';

const none = z.strictObject({});
const json = <S extends z.ZodType>(schema: S) =>
  ({ type: 'application/json', schema, limit: 'maxReceiptBytes' }) as const;
/** A century, in milliseconds: further the clock is not moved. */
const FURTHEST = 100 * 366 * 86_400_000;
const clock = z.strictObject({ now: z.int(), offsetMs: z.int(), tokens: z.boolean() });
const done = z.strictObject({ ok: z.literal(true) });
const OK = { status: 200, json: { ok: true } };

const sandboxOf = ({ sandbox }: Pick<Call, 'sandbox'>): Sandbox => {
  if (!sandbox) throw new Error('only in a sandbox');
  return sandbox;
};
const clockOf = (sandbox: Sandbox) => ({ status: 200, json: { now: sandbox.now(), ...sandbox.clock } });

export const sandboxRoutes = [
  route({
    operation: 'getClock',
    method: 'GET',
    path: '/sandbox/v1/clock',
    says: 'The clock of the sandbox',
    who: 'sandbox',
    params: none,
    answers: { 200: { says: 'The clock', schema: clock } },
    problems: [],
    handle: async (call) => clockOf(sandboxOf(call)),
  }),
  route({
    operation: 'setClock',
    method: 'PUT',
    path: '/sandbox/v1/clock',
    says: 'Moves the clock; what is due then is done at once',
    who: 'sandbox',
    params: none,
    body: json(z.strictObject({ offsetMs: z.int().min(-FURTHEST).max(FURTHEST), tokens: z.boolean().optional() })),
    answers: { 200: { says: 'The clock as it is then', schema: clock } },
    problems: [],
    async handle(call) {
      const sandbox = sandboxOf(call);
      sandbox.clock.offsetMs = call.body.offsetMs;
      sandbox.clock.tokens = call.body.tokens ?? false;
      await sweep(call.relay);
      return clockOf(sandbox);
    },
  }),
  route({
    operation: 'addFault',
    method: 'POST',
    path: '/sandbox/v1/faults',
    says: 'Makes requests to come fail',
    who: 'sandbox',
    params: none,
    body: json(
      z.strictObject({
        operation: z.string().max(40).optional(),
        when: z.enum(['before', 'after']),
        action: z.enum(['problem', 'drop', 'html', 'delay']),
        status: z.union([z.literal(429), z.literal(500), z.literal(503)]).optional(),
        delayMs: z.int().min(1).max(600_000).optional(),
        times: z.int().min(1).max(1_000_000).optional(),
      }),
    ),
    answers: { 200: { says: 'It waits for its requests', schema: done } },
    problems: [],
    async handle(call) {
      const { times = 1, ...fault } = call.body;
      sandboxOf(call).addFault(fault, times);
      return OK;
    },
  }),
  route({
    operation: 'clearFaults',
    method: 'DELETE',
    path: '/sandbox/v1/faults',
    says: 'Takes away the faults that are still waiting',
    who: 'sandbox',
    params: none,
    answers: { 200: { says: 'There are none', schema: done } },
    problems: [],
    async handle(call) {
      sandboxOf(call).clearFaults();
      return OK;
    },
  }),
  route({
    operation: 'reset',
    method: 'POST',
    path: '/sandbox/v1/reset',
    says: 'Takes away all messages, receipts and tokens; offices and keys are as at the start',
    who: 'sandbox',
    params: none,
    body: json(z.strictObject({})),
    answers: { 200: { says: 'All is as at the start', schema: done } },
    problems: [],
    async handle(call) {
      await reset(call.relay, sandboxOf(call));
      return OK;
    },
  }),
  route({
    operation: 'snapshot',
    method: 'GET',
    path: '/sandbox/v1/snapshot',
    says: 'All mailboxes, messages and events, without bytes of messages',
    who: 'sandbox',
    params: none,
    answers: {
      200: {
        says: 'As it is',
        schema: z.strictObject({
          now: z.int(),
          mailboxes: z.array(
            z.strictObject({ address: schemas.addressText, waiting: z.int(), bytes: z.int(), lastSeq: z.int() }),
          ),
          messages: z.array(schemas.status.extend({ seq: z.int().nullable(), parts: z.int(), size: z.int() })),
        }),
      },
    },
    problems: [],
    handle: async ({ relay }) => ({ status: 200, json: await snapshot(relay) }),
  }),
];
