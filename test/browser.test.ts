import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForBrowsers, CODEC_SUBPATHS, type CodecSubpath } from '../scripts/browser-bundle.js';
import { CHECKS } from './support/browser-checks.js';
import { type Evaluate, REALMS } from './support/realms.js';

const bundle = (subpath: CodecSubpath) => bundleForBrowsers(subpath, { format: 'iife', globalName: 'careplan' });

describe.each(CODEC_SUBPATHS)('the bundle of %s', (subpath) => {
  it('imports no Node built-in, and neither iconv-lite nor the command', async () => {
    const { code, metafile } = await bundle(subpath);
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    expect(imports).toEqual([]);
    expect(code).not.toMatch(/require\(["']|from ["']node:/);
    const files = Object.keys(metafile.inputs);
    expect(files.some((file) => file.includes('node_modules/zod/'))).toBe(true);
    expect(files.filter((file) => /iconv-lite|commander|dist\/cli/.test(file))).toEqual([]);
  });
});

for (const realm of REALMS) {
  if (realm.missing !== undefined) console.warn(`The tests in ${realm.name} are skipped: ${realm.missing}.`);

  describe.skipIf(realm.missing !== undefined)(`in ${realm.name}`, () => {
    let opened: Awaited<ReturnType<typeof realm.open>>;
    beforeAll(async () => {
      opened = await realm.open();
    });
    afterAll(() => opened.close());

    describe.each(CODEC_SUBPATHS)('%s', (subpath) => {
      let evaluate: Evaluate;
      beforeAll(async () => {
        evaluate = await opened.enter((await bundle(subpath)).code);
      });

      it.each(CHECKS[subpath].map((check) => [check.says, check] as const))('%s', async (_, check) => {
        expect(JSON.parse((await evaluate(check.expression)) as string)).toEqual(check.expected);
      });
    });
  });
}
