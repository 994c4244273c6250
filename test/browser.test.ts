import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanSamples, FIXTURES } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
let bundle = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from './dist/index.js'", resolveDir: ROOT },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'careplan',
    write: false,
    logLevel: 'error',
  });
  bundle = outputFiles[0]?.text ?? '';
});

/** Runs a function in a realm that has neither Buffer nor process, only what browsers and Node have in common. */
function inBareRealm(script: string, values: Record<string, unknown>): unknown {
  const context = createContext({ TextDecoder, TextEncoder, ...values });
  runInContext(bundle, context);
  return JSON.parse(runInContext(`JSON.stringify((${script})())`, context) as string);
}

describe('in a browser', () => {
  it('the built library bundles for browsers without iconv-lite and without a Node built-in', () => {
    expect(bundle).toContain('shift_jis');
    expect(bundle).not.toMatch(/iconv/i);
    expect(bundle).not.toMatch(/require\(["']|from ["']node:/);
  });

  it('every clean sample is decoded and encoded again to the same bytes, without Buffer and process', () => {
    const files = cleanSamples().map(({ path, bytes }) => ({ path, bytes: [...bytes] }));
    const result = inBareRealm(
      `() => {
        const inputs = files.map(({ path, bytes }) => ({ path, bytes: Uint8Array.from(bytes) }));
        const { transmissions, issues } = careplan.decodeFiles(inputs);
        const same = [];
        for (const { files: decoded, images } of transmissions) {
          for (const { path } of images) same.push(path);
          for (const { kind, path, records } of decoded) {
            const { bytes } = careplan.encodeFile(kind, records);
            const original = inputs.find((input) => input.path === path).bytes;
            if (bytes.length === original.length && bytes.every((byte, i) => byte === original[i])) same.push(path);
          }
        }
        return { same: same.sort(), issues: issues.length, node: [typeof Buffer, typeof process] };
      }`,
      { files },
    );
    expect(result).toEqual({
      same: files.map(({ path }) => path).sort(),
      issues: 0,
      node: ['undefined', 'undefined'],
    });
  });

  it('the table of MS932 is the same there: 7,517 characters, their bytes exactly', () => {
    const table = readFileSync(join(FIXTURES, 'ms932/valid.tsv'), 'utf8').trim().split('\n').slice(1);
    const valid = table.map((line) => line.split('\t').map((hex) => Number.parseInt(hex, 16)));
    const result = inBareRealm(
      `() => {
        const wrong = valid.filter(([code, bytes]) => {
          const written = careplan.encodeMs932(String.fromCharCode(code)).bytes;
          return [...written].reduce((sum, byte) => sum * 256 + byte, 0) !== bytes
            || careplan.decodeMs932(written).text !== String.fromCharCode(code);
        });
        return { wrong, count: valid.length };
      }`,
      { valid },
    );
    expect(result).toEqual({ wrong: [], count: 7517 });
  });

  it('irregular files are read there too, by csv-parse for browsers', () => {
    const result = inBareRealm(
      `() => {
        const text = '202407,032011,0000000001,202511\\n202407,032011,0000000002,202511';
        const { records, issues } = careplan.decodeFile(new TextEncoder().encode(text), { kind: 'DLTPLAN' });
        return { persons: records.map((r) => r.insuredPersonNumber), codes: issues.map((i) => i.code) };
      }`,
      {},
    );
    expect(result).toEqual({
      persons: ['0000000001', '0000000002'],
      codes: ['csv.lineEnd', 'csv.noFinalNewline'],
    });
  });
});
