/**
 * The month of month-end.ts through a relay: six offices with keys of their own, sealed messages, and receipts that the
 * receivers signed. The relay is a sandbox on a free port of this machine. Run: npm run demo
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putOffice, type RunningSandbox, startSandbox } from 'careplan-relay';
import {
  applyTransmission,
  checkFiles,
  clockSerials,
  decodeMessage,
  documentsOf,
  emptyState,
  encodeDocuments,
  enqueueFiles,
  type OfficeState,
  planActuals,
  planTransmissions,
  reconcileMonth,
  type TransmissionPlan,
} from 'careplan-renkei';
import { type Address, formatAddress } from 'careplan-renkei/transport';
import { generateOfficeKeys, officeKeys, type PrivateJwk, signEntry } from 'careplan-renkei/transport/envelope';
import { CARE_MANAGEMENT, usageSlips } from './month.js';
import { deliver, showAttention } from './month-end.js';
import { type Office, openOffice } from './office.js';

/** Makes keys for an office, has the registrar of the sandbox sign whose they are, and opens the office. */
async function enrol(sandbox: RunningSandbox, address: Address, folder: string): Promise<Office> {
  const registrar = officeKeys([{ ...sandbox.directory.registrar, use: 'sig' } as PrivateJwk]);
  const keys = await generateOfficeKeys();
  const entry = await signEntry({ address, issuedAt: Date.now(), keys: keys.publicKeys }, registrar.signer);
  for (const { jwk } of registrar.publicKeys) await putOffice(sandbox.relay, jwk, entry);
  const path = join(folder, formatAddress(address));
  return openOffice({ origin: sandbox.origin, address, keys, registrars: registrar.publicKeys, path });
}

/** Puts what is planned into the outbox of its sender, and sends it. */
async function send({ outbox }: Office, { transmissions, issues }: TransmissionPlan): Promise<void> {
  for (const planned of transmissions) {
    const encoded = encodeDocuments(planned);
    if (!encoded.ok) throw new Error([...issues, ...encoded.issues].map(({ message }) => message.en).join('\n'));
    // Durable from here on: what cannot be sent now is sent when the outbox is opened again.
    const files = encoded.files.map(({ name, bytes }) => ({ path: name, bytes }));
    const enqueued = await enqueueFiles(outbox, files);
    if (!enqueued.ok) throw new Error(enqueued.issues.map(({ message }) => message.en).join('\n'));
  }
  await outbox.flush();
  for await (const { from, to, serial, state } of outbox.list()) {
    console.log(`${formatAddress(from)} -> ${formatAddress(to)}  ${serial}  ${state}`);
  }
}

/** Takes in all that has come, as far as it can be used; what cannot is refused, and its sender learns why. */
async function receive({ address, inbox }: Office): Promise<OfficeState> {
  let box = emptyState();
  for await (const arrived of inbox.receive()) {
    const { from, files, kinds } = arrived.message;
    const named = files.map(({ name, bytes }) => ({ path: name, bytes }));
    // Tolerant: an error is what cannot be used as it is.
    const { ok, issues } = checkFiles(named, { profile: 'tolerant' });
    const { transmission } = decodeMessage(arrived.message);
    if (!ok || !transmission) {
      const codes = issues.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      await arrived.refuse(codes.length > 0 ? [...new Set(codes)] : ['manifest.mismatch']);
      continue;
    }
    box = applyTransmission(box, transmission).state;
    // Only now that it is taken in: the receipt goes to the sender, signed.
    await arrived.done();
    const route = `${formatAddress(address)} <- ${formatAddress(from)}`;
    console.log(`${route}  ${kinds.join(' ')}  ${issues.length} issues  taken in`);
  }
  return box;
}

/** The month through a relay that is started for it and taken away again, and the differences that it ends with. */
export async function monthOverRelay(): Promise<ReturnType<typeof reconcileMonth>> {
  const folder = await mkdtemp(join(tmpdir(), 'careplan-demo-'));
  const sandbox = await startSandbox({ folder: join(folder, 'relay') });
  const offices: Office[] = [];
  try {
    const slips = usageSlips();
    const at = (date: string) => clockSerials({ now: () => Date.parse(date) });
    const plan = planTransmissions(slips, { sender: CARE_MANAGEMENT, serials: at('2025-10-25T18:00:00+09:00') });
    for (const address of [CARE_MANAGEMENT, ...plan.transmissions.map(({ to }) => to)]) {
      offices.push(await enrol(sandbox, address, folder));
    }
    const [manager, ...others] = offices as [Office, ...Office[]];
    await send(manager, plan);
    const serials = at('2025-12-03T18:00:00+09:00');
    for (const office of others) {
      const { usageSlips: known = [] } = documentsOf(await receive(office)).documents;
      const actuals = deliver(formatAddress(office.address), known);
      await send(office, planActuals(actuals, { receiver: CARE_MANAGEMENT, serials }));
    }
    const { actuals = [] } = documentsOf(await receive(manager)).documents;
    const delivered = (await manager.outbox.refresh()).filter(({ state }) => state === 'delivered');
    console.log(`${delivered.length} receipts, signed by who took the slips in`);
    const month = reconcileMonth(slips, actuals);
    console.log('\nWhat the care manager has to look at:');
    showAttention(month);
    return month;
  } finally {
    for (const office of offices) await office.close();
    await sandbox.stop(0);
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('relay.ts')) await monthOverRelay();
