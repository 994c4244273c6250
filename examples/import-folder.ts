/**
 * Reads a folder of received files, says what they change, and what the office knows then.
 * Run: npx tsx examples/import-folder.ts FOLDER
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { applyTransmission, decodeFiles, documentsOf, emptyState, type NamedBytes } from 'careplan-renkei';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: import-folder.ts FOLDER');

const inputs: NamedBytes[] = readdirSync(folder)
  .map((name) => join(folder, name))
  .filter((path) => statSync(path).isFile())
  .map((path) => ({ path, bytes: readFileSync(path) }));

const { transmissions, unknown, issues } = decodeFiles(inputs);
let state = emptyState(); // what the office has kept from before
for (const transmission of transmissions) {
  const applied = applyTransmission(state, transmission);
  for (const { action, of, kinds, serial } of applied.changes)
    console.log(`${serial}  ${action} ${of}: ${kinds.join(' ')}`);
  state = applied.state; // once a person has confirmed
}
const { documents, history, issues: found } = documentsOf(state);
console.log('\nKnown now:');
for (const [list, all] of Object.entries(documents)) console.log(`    ${list}: ${all.length}`);
for (const [list, all] of Object.entries(history)) console.log(`    ${list}, older: ${all.length}`);
for (const path of unknown) console.log(`not read: ${path}`);
for (const { severity, message } of [...issues, ...found]) console.log(`${severity}: ${message.ja}`);
if (issues.some(({ severity }) => severity === 'error')) process.exitCode = 1;
