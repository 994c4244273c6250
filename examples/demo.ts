/**
 * Reads the sample files, says what they hold, writes them again and compares the bytes; then a month: objects become files
 * for each office, are read back, actuals come in, and the differences are shown; then the same month through a relay,
 * sealed. Run: npm run demo
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeFiles, encodeFile, formatFileName, hasError } from 'careplan-renkei';
import { monthEnd } from './month-end.js';
import { monthOverRelay } from './relay.js';

const SAMPLES = fileURLToPath(new URL('../test/fixtures/samples', import.meta.url));
const folders = ['care-plan', 'slip', 'actuals', 'preventive', 'withdrawals'];
const inputs = folders.flatMap((folder) =>
  readdirSync(join(SAMPLES, folder)).map((name) => {
    const path = join(folder, name);
    return { path, bytes: readFileSync(join(SAMPLES, path)) };
  }),
);

const { transmissions, issues } = decodeFiles(inputs);
console.log(`${inputs.length} files, ${transmissions.length} transmissions (in the order of their serials):\n`);

let identical = 0;
for (const { from, to, serial, files, images } of transmissions) {
  console.log(`${from.officeNumber}-${from.serviceType} -> ${to.officeNumber}-${to.serviceType}  ${serial}`);
  for (const file of files) {
    const original = inputs.find(({ path }) => path === file.path)?.bytes;
    const isPresent = file.complete && file.edition === '4.1';
    const written = isPresent ? encodeFile(file.kind, file.records) : undefined;
    const same = written?.ok && original && Buffer.compare(original, written.bytes) === 0;
    const named = file.name.edition === '4.1' && formatFileName(file.name) === basename(file.path);
    if (same && named) identical++;
    console.log(
      `    ${file.kind.padEnd(12)} ${String(file.records.length).padStart(4)} records  ${same ? 'identical' : 'DIFFERENT'}`,
    );
  }
  for (const image of images) {
    if (image.name.edition === '4.1' && formatFileName(image.name) === basename(image.path)) identical++;
    console.log(`    ${image.kind}  ${image.bytes.length} bytes`);
  }
}

for (const issue of issues) console.log(`${issue.severity}: ${issue.message.en}`);
console.log(`\n${identical} of ${inputs.length} files were written again with the same name and the same bytes.`);
if (identical !== inputs.length || hasError(issues)) process.exitCode = 1;

console.log('\nA month, from objects to files and back:\n');
const { persons } = monthEnd();
const differences = persons.reduce((sum, { attention }) => sum + attention.length, 0);
console.log(`\n${persons.length} people, ${differences} differences between what was planned and what was delivered.`);

console.log('\nThe same month, sealed and sent through a relay on this machine:\n');
const arrived = await monthOverRelay();
const found = arrived.persons.reduce((sum, { attention }) => sum + attention.length, 0);
console.log(
  `\n${arrived.persons.length} people, ${found} differences: ${found === differences ? 'the same' : 'NOT THE SAME'}.`,
);
if (found !== differences) process.exitCode = 1;
