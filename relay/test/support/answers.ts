import type { z } from 'zod';
import { formatProblem, PROBLEMS, Problem, type ProblemSlug } from '../../src/core/problem.js';
import { problemsOf } from '../../src/http/openapi.js';
import { ROUTES } from '../../src/http/routes/index.js';
import { problem } from '../../src/http/schemas.js';

/** The operations that were answered, with every status: for the test that asks whether all of them were. */
export const ANSWERED = new Set<string>();

/** Problems that may come from anything, whatever the operation. */
const ANYWHERE: readonly string[] = ['uri-too-long', 'method-not-allowed', 'not-found', 'unavailable', 'internal'];

const patterns = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** Holds an answer against what openapi.json says of its operation: status, media type, body, and which problems. */
export async function checkAnswer(request: Request, answer: Response): Promise<void> {
  const { pathname } = new URL(request.url);
  const found = patterns.find(({ route, pattern }) => route.method === request.method && pattern.test(pathname));
  const type = answer.headers.get('Content-Type');
  if (answer.status >= 400) {
    if (type === 'text/html') return;
    const body = problem.parse(await answer.json());
    const slug = body.type.slice('urn:careplan:problem:'.length) as ProblemSlug;
    const allowed: readonly string[] = [...(found ? problemsOf(found.route) : []), ...ANYWHERE];
    if (!allowed.includes(slug)) throw new Error(`${found?.route.operation} does not say that it may answer ${slug}`);
    const { status, fields } = formatProblem(new Problem(slug), '');
    if (answer.status !== status || answer.headers.get('Careplan-Retry') !== fields['Careplan-Retry']) {
      throw new Error(`${slug} has a status or an advice of another`);
    }
    ANSWERED.add(`${found?.route.operation ?? 'other'} ${slug}`);
    return;
  }
  if (!found) return;
  const { operation, answers } = found.route;
  const spec = answers[answer.status];
  if (!spec) throw new Error(`${operation} does not say that it may answer ${answer.status}`);
  if (spec.schema) (spec.schema as z.ZodType).parse(await answer.json());
  for (const field of spec.fields ?? []) {
    if (answer.headers.get(field) === null) throw new Error(`${operation} ${answer.status} lacks ${field}`);
  }
  ANSWERED.add(`${operation} ${answer.status}`);
}

export const SLUGS = Object.keys(PROBLEMS) as ProblemSlug[];
