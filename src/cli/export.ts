import * as z from 'zod';
import {
  type Address,
  type Documents,
  documentKey,
  documents,
  encodeDocuments,
  hasError,
  type Identity,
  type Issue,
  issue,
  type LeftOut,
  type OutgoingDocuments,
  planActuals,
  planCarePlans,
  planForCentre,
  planPreventive,
  planTransmissions,
  planWithdrawals,
  receiversIn,
  type TransmissionPlan,
  type UsageSlip,
} from '../index.js';
import { addressOf, addressText } from './address.js';
import { languageOf, tell, UsageError } from './io.js';
import { parseJson, read, writeFiles } from './paths.js';
import { WORDS } from './words.js';

interface ExportOptions {
  out: string;
  from?: string;
  to?: string[];
  centre?: string;
  previous?: string;
  informOthers?: boolean;
  lang?: string;
  replace?: boolean;
  replaceAll?: boolean;
}

const address = z.object({ officeNumber: z.string(), serviceType: z.string() });
const addressed = z.object({
  transmissions: z.array(z.object({ from: address, to: address, serial: z.string(), documents: z.unknown() })),
});

/** `careplan export OBJECTS.json --out DIR`: documents as the files for each receiver. Returns the exit code. */
export async function exportDocuments(path: string, options: ExportOptions): Promise<number> {
  const language = languageOf(options.lang);
  const input = parseJson(path, await read(path));
  const { transmissions, leftOut, issues: found } = await planOf(path, input, options);
  const issues: Issue[] = [...found];
  const onUnencodable = options.replaceAll ? 'replace-all' : options.replace ? 'replace' : 'error';
  const outputs = new Map<string, Uint8Array>();
  for (const planned of transmissions) {
    const sent = encodeDocuments(planned, { onUnencodable });
    for (const one of sent.issues) issues.push(one);
    for (const { name, bytes } of sent.files ?? []) {
      if (outputs.has(name)) issues.push(issue('transmission.duplicate', { file: name }, { found: name }));
      outputs.set(name, bytes);
    }
  }
  const words = WORDS[language];
  for (const { reason, path: place, to } of leftOut) {
    process.stderr.write(`${place}${to ? ` -> ${addressText(to)}` : ''}: ${words.leftOut[reason]}\n`);
  }
  tell(issues, language);
  if (hasError(issues)) return 1;
  await writeFiles(options.out, outputs);
  for (const { from, to, serial } of transmissions) {
    const count = [...outputs.keys()].filter(
      (name) => name.includes(serial ?? '') && name.includes(to.officeNumber),
    ).length;
    process.stderr.write(`${addressText(from)} -> ${addressText(to)}  ${serial}  ${words.files(count)}\n`);
  }
  return 0;
}

interface Plan {
  readonly transmissions: readonly OutgoingDocuments[];
  readonly leftOut: readonly LeftOut[];
  readonly issues: readonly Issue[];
}

/** What is to be sent: documents by their receivers, or what `careplan import` wrote, as it is addressed there. */
async function planOf(path: string, input: unknown, options: ExportOptions): Promise<Plan> {
  const known = addressed.safeParse(input);
  if (known.success) {
    return { transmissions: known.data.transmissions as OutgoingDocuments[], leftOut: [], issues: [] };
  }
  if (options.from === undefined) throw new UsageError('--from OFFICE:TYPE is needed: whose documents they are');
  if (typeof input !== 'object' || input === null) throw new UsageError(`${path} holds no documents`);
  const previous = options.previous === undefined ? undefined : await previousOf(options.previous);
  const plans = [...plansOf(input as Documents, addressOf(options.from), previous, options)];
  const issues = plans.flatMap((plan) => plan.issues);
  return {
    transmissions: plans.flatMap((plan) => plan.transmissions),
    leftOut: plans.flatMap((plan) => plan.leftOut),
    issues,
  };
}

function* plansOf(
  {
    usageSlips = [],
    carePlans = [],
    actuals = [],
    basicInformation = [],
    preventivePlans = [],
    withdrawals = [],
  }: Documents,
  sender: Address,
  previous: Documents | undefined,
  { to, centre, informOthers }: ExportOptions,
): Generator<TransmissionPlan> {
  const given = to?.map(addressOf);
  const served = receiversIn(usageSlips);
  const receivers = (serviceUser: Identity) => given ?? served(serviceUser);
  if (centre !== undefined) yield planForCentre({ usageSlips, actuals }, { sender, centre: addressOf(centre) });
  else {
    const { usageSlips: slips, actuals: sent } = previous ?? {};
    yield planTransmissions(usageSlips, {
      sender,
      informOthers: informOthers ?? false,
      ...(slips ? { previous: slips } : {}),
    });
    yield planActuals(actuals, { receiver: () => given?.[0], ...(sent ? { previous: sent } : {}) });
  }
  yield planCarePlans(carePlans, { sender, receivers });
  yield planPreventive({ basicInformation, preventivePlans }, { sender, receivers });
  yield planWithdrawals(withdrawals, { sender, receivers });
}

/** What was sent before: documents, or what `careplan import` wrote of it. */
async function previousOf(path: string): Promise<Documents> {
  const input = parseJson(path, await read(path));
  const known = addressed.safeParse(input);
  const result = documents.safeParse(known.success ? joined(known.data.transmissions as OutgoingDocuments[]) : input);
  if (!result.success) throw new UsageError(`${path} holds no documents as "careplan import" writes them`);
  return result.data as Documents;
}

/** The slips and actuals of several transmissions, each person's once. */
function joined(transmissions: readonly OutgoingDocuments[]): Documents {
  const once = <T extends object>(list: readonly T[]): T[] => [
    ...new Map(list.map((one) => [documentKey(one as unknown as UsageSlip), one])).values(),
  ];
  const all = transmissions.map((one) => one.documents);
  return {
    usageSlips: once(all.flatMap((one) => one.usageSlips ?? [])),
    actuals: once(all.flatMap((one) => one.actuals ?? [])),
  };
}
