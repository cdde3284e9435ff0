import { expect, it } from 'vitest';
import { withRid } from '../../../../src/model/directory/sid.ts';

/** S-1-5-21-1-2-3-RID */
function sidOf(rid: number): string {
  const bytes = Buffer.from([1, 5, 0, 0, 0, 0, 0, 5, ...[21, 1, 2, 3, 0].flatMap((part) => [part, 0, 0, 0])]);
  bytes.writeUInt32LE(rid, 24);
  return bytes.toString('base64');
}

it('the SID of a primary group has the domain of the person and the RID of the group', () => {
  expect(withRid(sidOf(1104), '513')).toBe(sidOf(513));
  expect(withRid(sidOf(513), '4294967295')).toBe(sidOf(4294967295));
});

it.each([
  ['', '513'],
  ['AQUAAAAAAAUVAAAA', '513'],
  [sidOf(1), '-1'],
  [sidOf(1), '4294967296'],
  [sidOf(1), 'x'],
  [sidOf(1), ''],
])('%j with RID %j is no SID', (base64, rid) => {
  expect(withRid(base64, rid)).toBeNull();
});
