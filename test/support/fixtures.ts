import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
export const SAMPLES = join(FIXTURES, 'samples');
export const CLEAN = ['care-plan', 'slip', 'actuals', 'preventive', 'withdrawals'] as const;

/** The clean sample files, by their path below the samples. */
export const cleanSamples = (): { path: string; bytes: Uint8Array }[] =>
  CLEAN.flatMap((folder) =>
    readdirSync(join(SAMPLES, folder)).map((name) => ({
      path: join(folder, name),
      bytes: readFileSync(join(SAMPLES, folder, name)),
    })),
  );

/** An empty folder that goes when the test ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'careplan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
