import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', main: 'src/main.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'node',
  clean: true,
  splitting: true,
  external: ['pg'],
  // The library comes along: what is packed needs no other package of this repository.
  noExternal: [/^careplan-renkei/],
  dts: { entry: { index: 'src/index.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
});
