import { hasError, type PersonMonth, reconcileMonth } from '../index.js';
import { currentDocuments } from './current.js';
import { issueJson, languageOf, tell, UsageError } from './io.js';
import { monthText } from './reconcile-text.js';

interface ReconcileOptions {
  json?: boolean;
  lang?: string;
  showPersons?: boolean;
}

/** `careplan reconcile PLAN ACTUALS`: what was delivered otherwise than planned. Returns the exit code. */
export async function reconcile(plan: string, delivered: string, options: ReconcileOptions): Promise<number> {
  const language = languageOf(options.lang);
  const planned = await currentDocuments(plan);
  const actual = await currentDocuments(delivered);
  const month = reconcileMonth(planned.usageSlips, actual.actuals);
  const issues = [...new Set([...planned.issues, ...actual.issues, ...month.issues])];
  if (!options.json || planned.usageSlips.length === 0) tell(issues, language);
  if (planned.usageSlips.length === 0) throw new UsageError(`there is no usage slip in ${plan}`);
  const names = new Map(planned.usageSlips.map((slip) => [personKey(slip), slip.serviceUser.supplement?.name]));
  const nameOf = (one: PersonMonth) => (options.showPersons ? names.get(personKey(one)) : undefined);
  const persons = month.persons.map((one) => ({ name: nameOf(one), ...one }));
  if (options.json) {
    const json = {
      ...month,
      persons: persons.map((one) => ({ ...one, issues: one.issues.map((own) => issueJson(own, language)) })),
      issues: issues.map((one) => issueJson(one, language)),
    };
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  } else process.stdout.write(monthText({ ...month, persons }, language));
  const isClean = month.withoutSlip.length === 0 && persons.every(({ attention }) => attention.length === 0);
  return isClean && !hasError(issues) ? 0 : 1;
}

const personKey = ({ serviceUser: { insurerNumber, insuredPersonNumber }, serviceMonth }: PersonMonth): string =>
  JSON.stringify([serviceMonth, insurerNumber, insuredPersonNumber]);
