import { describe, expect, it } from 'vitest';
import { ZivverAccountReader } from '../../../../src/adapters/zivver/account-reader.ts';
import { groupResource, listOf, userResource } from '../../../support/scim-resources.ts';

function read(users: readonly object[], groups: readonly object[] = []) {
  const answerTo = (path: string): object => listOf(...(path.includes('Users') ? users : groups));
  const getter = {
    read: async (path: string) => {
      const body = Buffer.from(JSON.stringify(answerTo(path)));
      return { delivery: 'answered', status: 200, headers: new Headers(), body } as never;
    },
  };
  return new ZivverAccountReader(getter).readAccounts();
}

const many = (count: number): object[] => Array.from({ length: count }, (_, n) => userResource(n));
const wrong = (n: number, parts: object = { name: null }): object => ({ ...userResource(n), ...parts });

describe('a malformed account', () => {
  it('costs itself only: its id, address, key and state are known where they can be read', async () => {
    const { users } = await read([...many(3), wrong(3)]);
    const { userName, id } = userResource(3);
    expect(users).toHaveLength(4);
    expect(users[3]).toMatchObject({ zivverId: id, address: userName.toLowerCase(), aliases: [], delegates: [] });
    expect(users[3]?.malformed).toMatch(/^\/name /);
    expect(users.filter(({ malformed }) => malformed !== undefined)).toHaveLength(1);
  });

  it.each([
    ['a word for its state', { active: 'no' }, true],
    ['no name, and suspended', { name: 7, active: false }, false],
  ])('with %s is not said to be suspended without reason', async (_what, parts, active) => {
    expect((await read([wrong(0, parts)])).users).toMatchObject([{ active, malformed: expect.any(String) as string }]);
  });

  it('may be a functional account', async () => {
    const { functional } = await read([], [{ ...groupResource(1), members: 'everybody' }]);
    expect(functional).toMatchObject([{ kind: 'functional', memberIds: [], malformed: expect.any(String) as string }]);
  });

  it.each([
    ['no id', [wrong(0, { id: 7 })]],
    ['no address', [wrong(0, { userName: 'x', name: null })]],
    ['company, more than the larger of 2 and 1 %', [...many(297), wrong(297), wrong(298), wrong(299), wrong(300)]],
  ])('costs the whole reading if it has %s', async (_what, users) => {
    await expect(read(users)).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' });
  });

  it('is told with the number of others if they are too many', async () => {
    await expect(read([wrong(0), wrong(1), wrong(2)])).rejects.toThrow(
      '3 of its 3 accounts are malformed: of the account',
    );
  });
});
