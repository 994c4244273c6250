import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHeader, parseHeader, type RoutingHeader, type TransportErrorCode } from '../../src/transport/index.js';
import { BOB } from '../support/envelope.js';
import { hash, rehashed, signedOf } from '../support/forge.js';
import { type Any, bob, forged, opened, parsed, sealed } from '../support/tamper.js';

describe('a byte changed anywhere', () => {
  const change = (text: string, at: number, by: number) => {
    const bytes = Buffer.from(text);
    bytes[at] = (bytes[at] ?? 0) ^ by;
    return bytes;
  };
  const somewhere = (text: () => string) =>
    fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 255 })).map(([at, by]) => ({ at: at % text().length, by }));

  it('of a part is found by its hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(1e9), fc.integer({ min: 1, max: 255 }), async (n, at, by) => {
        const text = sealed.parts[n] as string;
        const parts = sealed.parts.map((part, i) => (i === n ? change(text, at % text.length, by) : part));
        expect(await opened({ ...sealed, parts })).toBe('integrity.content');
      }),
      { seed: 20261125, numRuns: 150 },
    );
  });

  it('of the header is found: by its form, by what the parts are, or by what the manifest is bound to', async () => {
    await fc.assert(
      fc.asyncProperty(
        somewhere(() => sealed.header),
        async ({ at, by }) => {
          const header = change(sealed.header, at, by).toString('latin1');
          expect(await opened({ ...sealed, header })).toBe(expected(header));
        },
      ),
      { seed: 20261125, numRuns: 400 },
    );
    function expected(text: string): string {
      let header: RoutingHeader;
      try {
        header = parseHeader(text);
      } catch {
        return 'message.invalid';
      }
      if (header.to.officeNumber !== BOB.officeNumber || header.to.serviceType !== BOB.serviceType)
        return 'manifest.mismatch';
      if (header.parts.some(({ size }) => size > 40_000_000)) return 'too-large';
      const same = header.parts.every(
        ({ n, size, sha256 }) => size === sealed.parts[n]?.length && sha256 === hash(sealed.parts[n] ?? ''),
      );
      return same ? 'manifest.mismatch' : 'integrity.content';
    }
  });

  it('of the manifest’s JWE is found, though its hash be put right', async () => {
    const text = sealed.parts[0] as string;
    const from = text.indexOf('"aad":"') + 7;
    const aad = { from, to: text.indexOf('"', from) };
    await fc.assert(
      fc.asyncProperty(
        somewhere(() => text),
        async ({ at, by }) => {
          const changed = change(text, at, by);
          const header = formatHeader({
            ...parsed(),
            parts: parsed().parts.map((part) => (part.n === 0 ? { ...part, sha256: hash(changed) } : part)),
          });
          const inAad = at >= aad.from && at < aad.to && /[\w-]/.test(String.fromCharCode(changed[at] ?? 0));
          const spelled = at < aad.to - 1 || 'AQgw'.includes(String.fromCharCode(changed[at] ?? 0));
          const parts = [changed, ...sealed.parts.slice(1)];
          expect(await opened({ header, parts })).toBe(inAad && spelled ? 'manifest.mismatch' : 'decrypt');
        },
      ),
      { seed: 20261125, numRuns: 600 },
    );
  });

  const REGIONS: readonly (readonly [string, (jwe: Any) => string, TransportErrorCode])[] = [
    ['aad', ({ aad }) => aad, 'manifest.mismatch'],
    ['ciphertext', ({ ciphertext }) => ciphertext, 'decrypt'],
    ['iv', ({ iv }) => iv, 'decrypt'],
    ['tag', ({ tag }) => tag, 'decrypt'],
    ['protected', (jwe) => jwe.protected, 'decrypt'],
    ...[0, 1].flatMap((i) =>
      (
        [
          ['encrypted_key', (jwe) => jwe.recipients[i].encrypted_key],
          ['alg', (jwe) => jwe.recipients[i].header.alg],
          ['epk.x', (jwe) => jwe.recipients[i].header.epk.x],
          ['epk.y', (jwe) => jwe.recipients[i].header.epk.y],
          ['epk.crv', (jwe) => jwe.recipients[i].header.epk.crv],
          ['epk.kty', (jwe) => jwe.recipients[i].header.epk.kty],
          ['kid', (jwe) => jwe.recipients[i].header.kid],
        ] as [string, (jwe: Any) => string][]
      ).map(([name, of]) => [`recipients[${i}].${name}`, of, 'decrypt'] as const),
    ),
  ];
  it.each(REGIONS)('of the region %s of the JWE is found', async (_, region, code) => {
    const text = sealed.parts[0] as string;
    const value = region(JSON.parse(text));
    const start = text.indexOf(`"${value}"`) + 1;
    expect(start).toBeGreaterThan(0);
    // Every place of a short region, sixteen of a long one; a letter for a letter, so that it is base64 as before.
    const step = Math.max(1, Math.floor(value.length / 16));
    for (let at = 0; at < value.length - 1; at += step) {
      const other = value[at] === 'B' ? 'C' : 'B';
      const changed = text.slice(0, start + at) + other + text.slice(start + at + 1);
      expect([at, await opened(rehashed(sealed, changed))]).toEqual([at, code]);
    }
  });

  it.each([
    ['header', 0],
    ['payload', 1],
    ['signature', 2],
  ])('of the %s of the signature is found, sealed again by one who was given it', async (_, segment) => {
    const jws = await signedOf(sealed, bob);
    const segments = jws.split('.');
    const text = segments[segment] as string;
    const step = Math.max(1, Math.floor(text.length / 40));
    for (let at = 0; at < text.length; at += step) {
      const other = text[at] === 'B' ? 'C' : 'B';
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      const again = await forged({ jws: () => segments.map((one, i) => (i === segment ? changed : one)).join('.') });
      const code = await opened(again);
      // A kid that is another is one that nobody has.
      const kid = segment === 0 && /"kid":"(?!sig-1")/.test(Buffer.from(changed, 'base64url').toString());
      expect([at, ['signature', ...(kid ? ['key.unknown'] : [])].includes(code)]).toEqual([at, true]);
    }
  });
});
