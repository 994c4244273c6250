/** Mailboxes in memory in a process of their own. Prints its port, and ends with its parent. */

import { serveMemory } from './remote.mjs';

const { port } = await serveMemory();
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(`${port}\n`);
