/** The relay of the benchmark, in a process of its own. */
import { startSandbox } from 'careplan-relay';

const [folder = ''] = process.argv.slice(2);
const { origin, offices, stop } = await startSandbox({ folder, listen: { sweepMs: 0 } });
process.once('disconnect', () => void stop(0));
process.send?.({ origin, offices });
