/** Sends one slip by a folder, and kills itself at the nth call of the file system. Arguments: root, n, message as JSON. */

import { folderTransport, nodeDisk } from '../../dist/transport/folder/index.js';
import { partOf } from '../../dist/transport/index.js';

const [root, n, json] = process.argv.slice(2);
const { files, ...message } = JSON.parse(json);
let left = Number(n);
const disk = Object.fromEntries(
  Object.entries(nodeDisk).map(([name, call]) => [
    name,
    (...args) => {
      if (left-- <= 0) process.kill(process.pid, 'SIGKILL');
      return call(...args);
    },
  ]),
);
const parts = await Promise.all(files.map(({ text, ...file }) => partOf({ ...file, bytes: Buffer.from(text) })));
const options = { signal: new AbortController().signal, deadline: Date.now() + 60_000, attempt: 1 };
await folderTransport({ root, disk }).send({ ...message, parts }, options);
