import * as z from 'zod';
import {
  type Address,
  checkDocuments,
  type Documents,
  EDITIONS,
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
  V4_1,
  type WrittenEdition,
} from '../index.js';
import { addressOf, addressText } from './address.js';
import { inForce, type Sent } from './current.js';
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
  edition?: string;
  unchecked?: boolean;
  lang?: string;
  replace?: boolean;
  replaceAll?: boolean;
}

const address = z.object({ officeNumber: z.string(), serviceType: z.string() });
const addressed = z.object({
  transmissions: z.array(
    z.object({
      from: address,
      to: address,
      serial: z.string(),
      documents: z.unknown(),
      rest: z.array(z.unknown()).optional(),
      images: z.array(z.unknown()).optional(),
    }),
  ),
});

/** `careplan export OBJECTS.json --out DIR`: documents as the files for each receiver. Returns the exit code. */
export async function exportDocuments(path: string, options: ExportOptions): Promise<number> {
  const language = languageOf(options.lang);
  const input = parseJson(path, await read(path));
  const { transmissions, leftOut, issues: found } = await planOf(path, input, options);
  const issues: Issue[] = [...found];
  const edition = writtenEdition(options.edition);
  const onUnencodable = options.replaceAll ? 'replace-all' : options.replace ? 'replace' : 'error';
  const outputs = new Map<string, Uint8Array>();
  const counts: number[] = [];
  for (const planned of transmissions) {
    const sent = encodeDocuments(planned, { onUnencodable, edition, rules: options.unchecked ? 'none' : 'strict' });
    for (const one of sent.issues) issues.push(one);
    counts.push(sent.files?.length ?? 0);
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
  for (const [i, { from, to, serial }] of transmissions.entries()) {
    const files = words.files(counts[i] ?? 0);
    process.stderr.write(`${addressText(from)} -> ${addressText(to)}  ${serial}  ${files}\n`);
  }
  return 0;
}

/** The edition to write: 4.1 where none is named. */
function writtenEdition(id: string = V4_1.id): WrittenEdition {
  const written = EDITIONS.filter((edition) => edition.written).map((edition) => edition.id);
  if (!written.includes(id)) throw new UsageError(`--edition must be one of ${written.join(', ')}, not "${id}"`);
  return id as WrittenEdition;
}

interface Plan {
  readonly transmissions: readonly OutgoingDocuments[];
  readonly leftOut: readonly LeftOut[];
  readonly issues: readonly Issue[];
}

/** What is to be sent: documents by their receivers, or what `careplan import` wrote, as it is addressed there. */
async function planOf(path: string, input: unknown, options: ExportOptions): Promise<Plan> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(`${path} holds no documents by kind; write { "usageSlips": [...] }`);
  }
  if ('transmissions' in input) return addressedPlan(path, input, options);
  if (options.from === undefined) throw new UsageError('--from OFFICE:TYPE is needed: whose documents they are');
  const sender = addressOf(options.from);
  const previous = options.previous === undefined ? undefined : await previousOf(options.previous);
  const checked = checkDocuments(input);
  if (!checked.ok) return { transmissions: [], leftOut: [], issues: checked.issues };
  const plans = [...plansOf(checked.documents, sender, previous, options)];
  return {
    transmissions: plans.flatMap((plan) => plan.transmissions),
    leftOut: plans.flatMap((plan) => plan.leftOut),
    issues: plans.flatMap((plan) => plan.issues),
  };
}

/** What says who gets what; of no use where the transmissions have their addresses. */
const PLANNING = ['from', 'to', 'centre', 'previous', 'informOthers'] as const satisfies (keyof ExportOptions)[];

/** What `careplan import` wrote, as it is addressed there. What is part of no document would be lost, so it is refused. */
function addressedPlan(path: string, input: object, options: ExportOptions): Plan {
  const useless = PLANNING.find((name) => options[name] !== undefined);
  if (useless !== undefined) {
    const option = useless === 'informOthers' ? 'inform-others' : useless;
    throw new UsageError(`${path} says itself from whom and to whom; --${option} is for documents by kind`);
  }
  const transmissions = transmissionsIn(path, input);
  const issues = transmissions.flatMap((transmission, i) =>
    (['rest', 'images'] as const).flatMap((name) => {
      const { length } = transmission[name] ?? [];
      return length === 0 ? [] : [issue('document.rest', { path: `transmissions[${i}].${name}` }, { found: length })];
    }),
  );
  return { transmissions: transmissions as OutgoingDocuments[], leftOut: [], issues };
}

function transmissionsIn(path: string, input: unknown): z.infer<typeof addressed>['transmissions'] {
  const result = addressed.safeParse(input);
  if (result.success) return result.data.transmissions;
  const where = result.error.issues.map((one) => one.path.join('.')).join(', ');
  throw new UsageError(`${path} is not what "careplan import" writes: see ${where}`);
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
  const checked = (value: unknown): Documents => {
    const result = checkDocuments(value);
    if (!result.ok) throw new UsageError(`${path} holds no documents as "careplan import" writes them`);
    return result.documents;
  };
  if (typeof input !== 'object' || input === null || !('transmissions' in input)) return checked(input);
  const sent = transmissionsIn(path, input).map((one): Sent => ({ ...one, documents: checked(one.documents) }));
  return { ...inForce(sent) };
}
