/** A process that dies at a given call of its store. It sends the messages of a file, and writes down every receipt. */
import { readFileSync, writeSync } from 'node:fs';
import type { FakeMessage } from '../../src/conformance/client.js';
import type { DemoDirectory } from '../../src/sandbox/offices.js';
import { sendAll } from './mortal.js';

const [folder = '', dieAt = '0'] = process.argv.slice(2);
const { directory, messages } = JSON.parse(readFileSync(`${folder}/work.json`, 'utf8')) as {
  directory: DemoDirectory;
  messages: FakeMessage[];
};
let calls = 0;
await sendAll(folder, directory, messages, new Map(), {
  call() {
    calls += 1;
    if (calls === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
  },
  answered: (id, receipt) => writeSync(1, `${id} ${receipt}\n`),
});
writeSync(1, `done ${calls}\n`);
