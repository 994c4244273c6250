/**
 * What checking takes: the memory of the built command for 1,000 and for 10,000 files of 50 rows, each in a process of its
 * own, and the time of checkFiles beside decodeFiles for 100,000 UPPLAN records in real transmissions, with their
 * statements and supplements: one process, in turn, medians of 7 runs.
 * Run: npm run bench:check [-- --json]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkFiles, decodeFiles, type NamedBytes } from 'careplan-renkei';
import { actualsOf, slipsOf } from './check-corpus.js';
import { measure } from './measure.js';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const ROWS = 100_000;
const COUNTS = [1000, 10_000] as const;
/** Says the most memory that the process ever had, when it ends. */
const SAY_PEAK = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`;

/** The peak of memory of `careplan check` on so many files, in MB (of 10^6 bytes). */
function peakOf(count: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'careplan-bench-'));
  try {
    for (let n = 0; n < count; n++) {
      const { path, bytes } = actualsOf(n, 50);
      const day = join(folder, String(Math.floor(n / 1000)));
      if (n % 1000 === 0) mkdirSync(day);
      writeFileSync(join(day, path), bytes);
    }
    const args = ['--import', SAY_PEAK, MAIN, 'check', folder, '--lang', 'en'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0 || !new RegExp(`records +${count * 50}\n`).test(stdout))
      throw new Error(stderr + stdout.slice(0, 2000));
    return Math.round((Number(stderr) * 1024) / 1e6);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Transmissions of slips until they hold so many UPPLAN records. */
function slips(): { files: NamedBytes[]; rows: number } {
  const files: NamedBytes[] = [];
  let rows = 0;
  for (let n = 0; rows < ROWS; n++) {
    const made = slipsOf(n, 12);
    files.push(...made.files);
    rows += made.rows;
  }
  return { files, rows };
}

const { files, rows } = slips();
const today = '2025-12-10';
const clean = checkFiles(files, { today });
if (clean.issues.length > 0) throw new Error(clean.issues[0]?.message.en);
const times = measure({ decodeFiles: () => decodeFiles(files), checkFiles: () => checkFiles(files, { today }) });
const [decoding = Number.NaN, checking = Number.NaN] = Object.values(times);
const ratio = Number((checking / decoding).toFixed(2));

const peaks = COUNTS.map((count) => ({ files: count, peakMegabytes: peakOf(count) }));
const [few, many] = peaks.map(({ peakMegabytes }) => peakMegabytes) as [number, number];
const growth = Number((many / few).toFixed(2));

if (process.argv.includes('--json')) {
  const time = { rows, files: files.length, decodeMilliseconds: decoding, checkMilliseconds: checking, ratio };
  console.log(JSON.stringify({ node: process.version, time, memory: { peaks, ratio: growth } }, null, 2));
} else {
  console.log(
    `${files.length} files, ${rows} UPPLAN records: decodeFiles ${Math.round(decoding)} ms, checkFiles ${Math.round(checking)} ms, ${ratio} times`,
  );
  for (const { files: count, peakMegabytes } of peaks)
    console.log(`careplan check, ${count} files of 50 rows: peak ${peakMegabytes} MB`);
  console.log(`${growth} times`);
}
