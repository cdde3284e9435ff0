import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListSlices } from '../../../../src/adapters/zivver/list-slices.ts';

/** The list as if it had been parsed at once, and into how many parts it was cut; undefined = malformed. */
function join(text: string, sliceBytes: number): { readonly list: unknown; readonly parts: number } | undefined {
  const resources: unknown[] = [];
  let parts = 0;
  try {
    for (const part of parseListSlices(Buffer.from(text), sliceBytes)) {
      parts += 1;
      if ('resources' in part) resources.push(...part.resources);
      else if (parts === 1) return { list: part.list, parts };
      else {
        const last = part.list as { Resources: unknown[] };
        return { list: { ...last, Resources: [...resources, ...last.Resources] }, parts };
      }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hostile = fc.constantFrom('},{"id":', '"},{"id":', '\\', '\\"},{\\"', ']', '[{', 'é', '\u2028', '😀', '');
const text = fc.array(fc.oneof(hostile, fc.string()), { maxLength: 3 }).map((parts) => parts.join(''));
const resource = fc.record({
  id: text,
  members: fc.array(fc.record({ id: text }), { maxLength: 4 }),
  deeper: fc.jsonValue({ maxDepth: 2 }),
});
const list = fc.record({ Resources: fc.array(resource, { maxLength: 30 }), totalResults: fc.nat() });
const layout = fc.constantFrom(undefined, 1, '\t');
const sliceBytes = fc.integer({ min: 1, max: 400 });

describe('a list in slices', () => {
  it('is the list that JSON.parse gives, however it is written and cut', () => {
    fc.assert(
      fc.property(list, layout, sliceBytes, fc.boolean(), (value, indent, size, isTotalFirst) => {
        const { totalResults, Resources } = value;
        const ordered = isTotalFirst ? { totalResults, Resources } : value;
        expect(join(JSON.stringify(ordered, null, indent), size)?.list).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused whenever JSON.parse refuses it, and never read otherwise', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), hostile), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(list, sliceBytes, edits, (value, size, changes) => {
        let damaged = JSON.stringify(value);
        for (const [place, removed, added] of changes) {
          const at = place % (damaged.length + 1);
          damaged = damaged.slice(0, at) + added + damaged.slice(at + removed);
        }
        damaged = damaged.toWellFormed();
        expect(join(damaged, size)?.list).toEqual(parseWhole(damaged));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is really cut where it is long', () => {
    const Resources = Array.from({ length: 100 }, (_, id) => ({ id, members: [{ value: 1 }, { value: 2 }] }));
    const parts = join(JSON.stringify({ Resources, totalResults: 100 }), 500)?.parts ?? 0;
    expect(parts).toBeGreaterThan(5);
    expect(join(JSON.stringify({ Resources, totalResults: 100 }, null, 2), 500)?.parts).toBe(1);
  });

  it('is cut where its accounts begin, although members lie between braces too', () => {
    const members = Array.from({ length: 200 }, (_, value) => ({ value }));
    const Resources = Array.from({ length: 50 }, (_, id) => ({ id, members }));
    expect(join(JSON.stringify({ Resources, totalResults: 50 }), 1_000)?.parts).toBe(50);
  });

  it('is not cut inside one long account', () => {
    const members = Array.from({ length: 1_000 }, (_, id) => ({ id }));
    const value = { Resources: [{ id: 1 }, { id: 2, members }, { id: 3 }], totalResults: 3 };
    expect(join(JSON.stringify(value), 20)?.list).toEqual(value);
  });

  it.each(['', '[]', 'null', '{}', '{"Resources":[', '{"Resources":[]}', '{"Resources":[{"a":1},]}', '\ufeff{"a":1}'])(
    'takes %j as JSON.parse does, without a mark',
    (json) => {
      expect(join(json, 1)?.list).toEqual(parseWhole(json.replace('\ufeff', '')));
    },
  );

  it('is refused if it is not UTF-8, in whatever slice', () => {
    const good = Buffer.from(`{"Resources":[${'{"a":"b"},'.repeat(50)}{"a":"c"}],"totalResults":51}`);
    for (const at of [good.indexOf('b'), good.lastIndexOf('b'), good.lastIndexOf('c')]) {
      const bytes = Buffer.from(good);
      bytes[at] = 0xff;
      expect(() => [...parseListSlices(bytes, 30)]).toThrow(SyntaxError);
    }
  });
});
