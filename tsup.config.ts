import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'schema/index': 'src/schema/index.ts',
    'codec/index': 'src/codec/index.ts',
    'conformance/index': 'src/conformance/index.ts',
    'codec/ms932-source.node': 'src/codec/ms932-source.node.ts',
    'codec/ms932-source.browser': 'src/codec/ms932-source.browser.ts',
    'codec/csv-parse.node': 'src/codec/csv-parse.node.ts',
    'codec/csv-parse.browser': 'src/codec/csv-parse.browser.ts',
    'transport/index': 'src/transport/index.ts',
    'transport/folder/index': 'src/transport/folder/index.ts',
    'transport/testing/index': 'src/transport/testing/index.ts',
    'cli/main': 'src/cli/main.ts',
  },
  format: 'esm',
  target: 'es2022',
  clean: true,
  splitting: true,
  external: [/^#/],
  dts: {
    entry: {
      index: 'src/index.ts',
      'schema/index': 'src/schema/index.ts',
      'codec/index': 'src/codec/index.ts',
      'conformance/index': 'src/conformance/index.ts',
      'transport/index': 'src/transport/index.ts',
      'transport/folder/index': 'src/transport/folder/index.ts',
      'transport/testing/index': 'src/transport/testing/index.ts',
    },
    compilerOptions: { rootDir: './src', ignoreDeprecations: '6.0' },
  },
});
