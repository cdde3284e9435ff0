import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttributeList } from '../../../../src/model/directory/attribute-list.ts';

const name = fc.constantFrom('mail', 'memberof', 'constructor', '__proto__', 'length', 'values');

describe('the attributes of an entry', () => {
  it('are what a Map of lists would hold, whatever the names and in whatever order values come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), fc.boolean(), (values, isTrimmed) => {
        const list = new AttributeList();
        const map = new Map<string, string[]>();
        for (const [attribute, value] of values) {
          list.add(attribute, value);
          map.set(attribute, [...(map.get(attribute) ?? []), value]);
        }
        if (isTrimmed) list.trim();
        expect([...list]).toEqual([...map]);
        expect(list.size).toBe(map.size);
        for (const attribute of ['mail', 'constructor', '__proto__', 'other']) {
          expect(list.get(attribute)).toEqual(map.get(attribute));
          expect(list.has(attribute)).toBe(map.has(attribute));
        }
      }),
    );
  });

  it('can grow after it was trimmed', () => {
    const list = new AttributeList();
    list.add('mail', 'a@company.org');
    list.trim().add('mail', 'b@company.org');
    expect(list.get('mail')).toEqual(['a@company.org', 'b@company.org']);
  });
});
