/**
 * Proves what is packed: both packages are packed, installed together into an empty folder, and the sandbox that starts
 * there is proved by the conformance command that stands beside it. Run: npm run check:package --workspace relay
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'careplan-packed-'));
const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', [...args, '--silent', '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });

try {
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], ROOT);
  npm(['pack', '--ignore-scripts', '--workspace', 'relay', '--pack-destination', folder], ROOT);
  const packed = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (packed.length !== 2) throw new Error(`packed: ${packed.join()}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(['install', ...packed.map((name) => `./${name}`)], folder);
  const command = join(folder, 'node_modules/.bin/careplan-relay');
  const sandbox = spawn(command, ['--sandbox', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const next = await new Promise<string>((resolve, reject) => {
    let said = '';
    sandbox.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /npx careplan-relay (conformance .+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    sandbox.on('close', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  const report = execFileSync(command, [...next.split(' '), '--json'], { cwd: folder, encoding: 'utf8' });
  const { passed, failed } = JSON.parse(report) as { passed: number; failed: number };
  const both =
    "import 'careplan-renkei/transport'; import { PROBLEMS } from 'careplan-relay'; console.log(Object.keys(PROBLEMS).length);";
  execFileSync(process.execPath, ['--input-type=module', '-e', both], { cwd: folder });
  const ended = new Promise((resolve) => sandbox.on('exit', resolve));
  sandbox.kill('SIGTERM');
  if ((await ended) !== 0) throw new Error('the sandbox does not end well');
  console.log(`Packed, installed and proved: ${packed.sort().join(', ')}; ${passed} cases, ${failed} failed.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
