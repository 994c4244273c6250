import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApi } from '../src/http/openapi.js';
import { ROUTES } from '../src/http/routes/index.js';
import { testRelay } from './support/sandbox.js';

const document = openApi(ROUTES);

describe('openapi.json', () => {
  it('is what the routes give; npm run generate writes it', () => {
    const committed = readFileSync(new URL('../openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('is a valid document of OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(result.errors ?? []).toEqual([]);
    expect([result.valid, validator.version]).toEqual([true, '3.1']);
  });

  it('names every operation once, with every parameter of its path', () => {
    const operations = ROUTES.map(({ operation }) => operation);
    expect(new Set(operations).size).toBe(operations.length);
    const paths = document.paths as Record<string, Record<string, { parameters: { name: string; in: string }[] }>>;
    for (const [path, methods] of Object.entries(paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(methods)) {
        expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
      }
    }
  });

  it('is served', async () => {
    const test = await testRelay();
    const answer = await test.fetch(new Request('http://127.0.0.1:8787/v1/openapi.json'));
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(document)));
    await test.close();
  });
});
