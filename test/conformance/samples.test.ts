import { describe, expect, it } from 'vitest';
import {
  checkFiles,
  decodeDocuments,
  decodeFiles,
  encodeDocuments,
  type OutgoingDocuments,
} from '../../src/codec/index.js';
import {
  checkConformance,
  makeSamples,
  PATTERN_IDS,
  type PatternId,
  patternFiles,
} from '../../src/conformance/index.js';
import { encodeSample } from '../../src/conformance/samples/encode.js';
import { DOCUMENTS, hasError, type Layout, V4_1 } from '../../src/schema/index.js';
import { patternNamed, setOf } from '../support/conformance/drafts.js';

const TODAY = { today: '2026-06-01' };
const text = (bytes: string | Uint8Array): string =>
  typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');

describe.each(PATTERN_IDS)('the samples of %s', (id: PatternId) => {
  const { transmissions, cases } = setOf(id);
  const encoded = transmissions.map((sample) => ({ sample, files: encodeSample(sample) }));
  const all = encoded.flatMap(({ files }) => files);

  it('pass their own checklist, every situation shown', () => {
    const result = checkConformance(patternNamed(id), all, TODAY);
    expect(result.points.filter(({ state }) => state !== 'pass').map(({ point }) => point.id)).toEqual([]);
    expect([result.ok, result.complete, result.others]).toEqual([true, true, 0]);
    expect(result.transmissions).toBe(transmissions.length);
  });

  it('have no error when they are checked strictly, and warnings of services across midnight only', () => {
    const { ok, issues, unknown } = checkFiles(all, TODAY);
    expect([ok, unknown]).toEqual([true, []]);
    const codes = [...new Set(issues.map(({ code }) => code))];
    expect(codes).toEqual(id === 'D2' || id === 'D3' ? ['record.endBeforeStart'] : []);
  });

  it('are read as the documents that they were made of', () => {
    const decoded = decodeFiles(all);
    expect(decoded.issues).toEqual([]);
    const read = decoded.transmissions.map((one) => {
      const { documents, rest, images, issues } = decodeDocuments(one);
      expect([rest, images]).toEqual([[], []]);
      expect(hasError(issues)).toBe(false);
      return { from: one.from, to: one.to, serial: one.serial, documents };
    });
    const sent = transmissions.map(({ from, to, serial, documents }) => ({ from, to, serial, documents }));
    expect(read).toEqual(sent.sort((a, b) => (a.serial < b.serial ? -1 : 1)));
  });

  it('are written again as the same bytes, but for sheet 2 with repeated texts', () => {
    for (const { sample, files } of encoded) {
      const [one] = decodeFiles(files).transmissions;
      if (!one) return expect.unreachable();
      const { from, to, serial, documents } = { ...one, ...decodeDocuments(one) };
      const again = encodeDocuments({ from, to, serial, documents } as OutgoingDocuments);
      const written = (again.files ?? []).map(({ name, bytes }) => [name, text(bytes)]);
      const before = files.map(({ path, bytes }) => [path, text(bytes)]);
      expect(written.map(([name]) => name)).toEqual(before.map(([name]) => name));
      const differing = written.filter(([, content], i) => content !== before[i]?.[1]).length;
      expect(differing).toBe(sample.repeatsTexts ? 1 : 0);
    }
  });

  it('are of the kinds of file that the pattern has, all of them', () => {
    const kinds = new Set(
      decodeFiles(all)
        .transmissions.flatMap(({ files, images }) => [...files, ...images])
        .map(({ kind }) => kind),
    );
    const named = patternFiles(patternNamed(id)).map(({ kind }) => kind);
    // Basic information travels with one of the plans.
    const expected = id === 'D5' ? [...named, ...BASIC] : named;
    expect([...kinds].sort()).toEqual(expected.sort());
  });

  it('say of every person what there is to see', () => {
    const persons = new Set(
      transmissions.flatMap(({ documents }) =>
        Object.values(documents).flatMap((list) => list.map((one) => one.serviceUser.insuredPersonNumber as string)),
      ),
    );
    expect([...cases.keys()].sort()).toEqual([...persons].sort());
  });

  it('are the same each time they are made', () => {
    const [one, other] = [makeSamples(patternNamed(id)), makeSamples(patternNamed(id))];
    expect(one.map(({ path, content }) => [path, text(content)])).toEqual(
      other.map(({ path, content }) => [path, text(content)]),
    );
    expect(new Set(one.map(({ path }) => path)).size).toBe(one.length);
  });
});

const BASIC = ['UPKIHON', 'UPKIHON_SUB1', 'UPKIHON_SUB2'];

it('every list of documents is in some pattern, and every layout', () => {
  const lists = new Set(
    PATTERN_IDS.flatMap((id) => setOf(id).transmissions.flatMap(({ documents }) => Object.keys(documents))),
  );
  expect([...lists].sort()).toEqual(Object.keys(DOCUMENTS).sort());
  const kinds = new Set(PATTERN_IDS.flatMap((id) => patternFiles(patternNamed(id)).map(({ kind }) => kind)));
  const all = [...(V4_1.layouts as readonly Layout[]), ...V4_1.images].map(({ kind }) => kind);
  expect([...kinds].sort()).toEqual(all.sort());
});
