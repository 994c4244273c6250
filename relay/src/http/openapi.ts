import { z } from 'zod';
import { PROBLEMS, type ProblemSlug } from '../core/problem.js';
import type { AnswerSpec, Route } from './route.js';
import { problem } from './schemas.js';

type Json = Record<string, unknown>;

const COMMON: readonly ProblemSlug[] = ['bad-request', 'internal', 'unavailable'];
const CREDENTIAL: readonly ProblemSlug[] = [
  'token-missing',
  'token-invalid',
  'token-expired',
  'token-replayed',
  'clock-skew',
  'office-suspended',
  'not-found',
  'rate-limited',
];
const BODY: readonly ProblemSlug[] = ['body-timeout', 'content-too-large', 'unsupported-media-type', 'digest-mismatch'];

/** Every problem that an operation may answer with. */
export const problemsOf = ({ who, body, params, problems }: Route): readonly ProblemSlug[] => [
  ...new Set([
    ...COMMON,
    ...(who === 'mailbox' || who === 'office' ? CREDENTIAL : []),
    ...(body ? BODY : []),
    ...(Object.keys((params as z.ZodObject).shape).length > 0 ? (['not-found'] as const) : []),
    ...problems,
  ]),
];

/** The OpenAPI 3.1 document of the operations, from the schemas that the server checks with. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    paths[route.path] = operations;
    operations[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Relay of sealed care plan messages',
      version: '1',
      description:
        'PROTOCOL.md says what these operations mean. Made from the schemas of the server; not edited by hand.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem) },
      securitySchemes: {
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Careplan <JWS>`: PROTOCOL.md section 3',
        },
        certificate: { type: 'mutualTLS' },
      },
    },
  };
}

function operation(route: Route): Json {
  const { operation, says, who, params, query, body, answers } = route;
  const problems = new Map<number, ProblemSlug[]>();
  for (const slug of problemsOf(route)) {
    const [status] = PROBLEMS[slug];
    problems.set(status, [...(problems.get(status) ?? []), slug]);
  }
  return {
    operationId: operation,
    summary: says,
    security: who === 'mailbox' || who === 'office' ? [{ token: [] }, { certificate: [] }] : [],
    parameters: [
      ...parameters('path', params as z.ZodObject),
      ...(query ? parameters('query', query as z.ZodObject) : []),
      ...(body
        ? [{ name: 'Content-Digest', in: 'header', schema: { type: 'string' }, description: 'RFC 9530, sha-256' }]
        : []),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { [body.type]: content(body.type === 'application/json' ? body.schema : undefined) },
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, spec]) => [status, answer(spec)])),
      ...Object.fromEntries(
        [...problems]
          .sort(([a], [b]) => a - b)
          .map(([status, slugs]) => [status, { description: slugs.join(', '), content: PROBLEM, headers: RETRY }]),
      ),
    },
  };
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const RETRY = { 'Careplan-Retry': { schema: { enum: ['no', 'now', 'later', 'person'] } } };

function answer({ says, schema, type, fields = [] }: AnswerSpec): Json {
  const media = schema ? 'application/json' : type;
  const headers = Object.fromEntries(fields.map((name) => [name, { schema: { type: 'string' } }]));
  return {
    description: says,
    ...(fields.length > 0 ? { headers } : {}),
    ...(media ? { content: { [media]: content(schema) } } : {}),
  };
}

/** JSON of a schema, or bytes. */
const content = (schema: z.ZodType | undefined): Json => (schema ? { schema: jsonSchema(schema) } : {});

function jsonSchema(schema: z.ZodType): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as Json;
  return rest;
}

function parameters(place: 'path' | 'query', object: z.ZodObject): Json[] {
  return Object.entries(object.shape).map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema as z.ZodType);
    const required = place === 'path' || !(schema as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, schema: rest, ...(description === undefined ? {} : { description }) };
  });
}
