import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { DemoDirectory } from '../../src/sandbox/offices.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const built = new Map<string, Promise<string>>();

/** A program as one file, of the sources as they are; only what is native stays outside. */
export function program(entry: string): Promise<string> {
  const known = built.get(entry);
  if (known) return known;
  const made = (async () => {
    const outfile = join(ROOT, '.tools/relay', `${basename(entry, '.ts')}.mjs`);
    await build({
      entryPoints: [join(ROOT, 'relay', entry)],
      outfile: `${outfile}.${process.pid}`,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'es2022',
      external: ['libsql'],
      alias: { 'careplan-renkei/transport': join(ROOT, 'src/transport/index.ts') },
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    // Test files run side by side: each finds the file whole.
    await rename(`${outfile}.${process.pid}`, outfile);
    return outfile;
  })();
  built.set(entry, made);
  return made;
}

const command = () => program('src/main.ts');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. */
export async function run(args: readonly string[], cwd: string, entry = 'src/main.ts'): Promise<Ran> {
  const child = spawn(process.execPath, [await program(entry), ...args], { cwd, env: { ...process.env, LC_ALL: 'C' } });
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return output;
}

/** Starts the command and lets it run. */
export async function startCommand(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [await command(), ...args], { cwd, env: { ...process.env, LC_ALL: 'C' } });
  const output = collect(child);
  const exited = once(child, 'close').then(([code]) => code as number | null);
  /** Resolves when what it has printed fits. */
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(output.stdout + output.stderr);
        if (found) resolve(found);
      };
      child.stdout.on('data', check);
      child.stderr.on('data', check);
      exited.then((code) => reject(new Error(`it ended with ${code}: ${output.stderr}`)));
    });
  return { child, output, exited, until };
}

export interface SandboxProcess {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly directory: DemoDirectory;
  readonly output: { stdout: string; stderr: string };
  readonly exited: Promise<number | null>;
}

/** Starts a sandbox as a process of its own, and waits until it listens. */
export async function startProcess(folder: string, args: readonly string[] = ['--port', '0']): Promise<SandboxProcess> {
  const { child, output, exited, until } = await startCommand(['--sandbox', '--folder', folder, ...args], ROOT);
  await until(/Ctrl-C/);
  const origin = /listens on (http:\S+);/.exec(output.stdout)?.[1] ?? '';
  const directory = JSON.parse(await readFile(join(folder, 'demo-offices.json'), 'utf8')) as DemoDirectory;
  return { child, origin, directory, output, exited };
}

/** A folder on the disk of the repository, so that durability is that of a disk. */
export async function temporaryFolder(): Promise<string> {
  await mkdir(join(ROOT, '.tools/relay'), { recursive: true });
  return mkdtemp(join(ROOT, '.tools/relay', 'folder-'));
}
