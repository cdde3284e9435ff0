import { describe, expect, it } from 'vitest';
import type { ExistingFunctional, ExistingUser } from '../../../../src/model/account/account.ts';
import { ZivverAccountWriter } from '../../../../src/adapters/zivver/account-writer.ts';
import type { Exchange } from '../../../../src/adapters/zivver/exchange.ts';
import { mapFunctional, mapUser } from '../../../../src/adapters/zivver/scim-codec.ts';
import { answered } from '../../../support/answers.ts';
import { groupResource, userResource } from '../../../support/scim-resources.ts';

type Sent = [method: string, path: string, body: object | null];

/** A writer whose service gives these answers in turn, and what was sent to it. */
function writerOf(...answers: Exchange[]): { writer: ZivverAccountWriter; sent: Sent[] } {
  const sent: Sent[] = [];
  const write = (...request: Sent): Promise<Exchange> => {
    sent.push(request);
    return Promise.resolve(answers[sent.length - 1]!);
  };
  return { writer: new ZivverAccountWriter({ write }), sent };
}

const user: ExistingUser = mapUser(userResource(1));
const desk: ExistingFunctional = mapFunctional(groupResource(1));
const fine = answered(200, userResource(1));
const fineDesk = answered(200, groupResource(1));
const { zivverId } = user;

describe('a write that succeeds', () => {
  it('is one request, and its result is the account of the answer', async () => {
    const { writer, sent } = writerOf(fine);
    expect(await writer.updateUser(user, { active: false })).toEqual({ ok: true, account: user });
    expect(sent).toEqual([['PUT', `/Users/${zivverId}`, { active: false }]]);
  });

  it('creates a user at the collection', async () => {
    const { writer, sent } = writerOf(answered(201, userResource(1)));
    expect(await writer.createUser({ address: 'Person1@company.org', fullName: 'Person 1' })).toMatchObject({
      ok: true,
    });
    expect(sent).toMatchObject([['POST', '/Users', { userName: 'Person1@company.org' }]]);
  });

  it('creates a functional account at the collection', async () => {
    const { writer, sent } = writerOf(answered(201, groupResource(1)));
    const created = await writer.createFunctional({
      address: 'desk1@company.org',
      fullName: 'Desk 1',
      memberIds: [zivverId],
    });
    expect(created).toMatchObject({ ok: true, account: { kind: 'functional' } });
    expect(sent).toMatchObject([['POST', '/Groups', { members: [{ value: zivverId }] }]]);
  });

  it('deletes either kind of account', async () => {
    const { writer, sent } = writerOf(answered(204, ''), answered(200, ''));
    expect(await writer.deleteAccount('user', zivverId)).toEqual({ ok: true, account: null });
    expect(await writer.deleteAccount('functional', desk.zivverId)).toEqual({ ok: true, account: null });
    expect(sent).toEqual([
      ['DELETE', `/Users/${zivverId}`, null],
      ['DELETE', `/Groups/${desk.zivverId}`, null],
    ]);
  });
});

describe('emptying a functional account', () => {
  const patch = ['PATCH', `/Groups/${desk.zivverId}`, { Operations: [{ op: 'remove', path: 'members' }] }];

  it('is a PATCH alone', async () => {
    const { writer, sent } = writerOf(fineDesk);
    expect(await writer.updateFunctional(desk, { memberIds: [] })).toMatchObject({ ok: true });
    expect(sent).toEqual([patch]);
  });

  it('together with another attribute is a PUT, then a PATCH', async () => {
    const { writer, sent } = writerOf(fineDesk, fineDesk);
    expect(await writer.updateFunctional(desk, { memberIds: [], fullName: 'Old desk' })).toMatchObject({ ok: true });
    expect(sent).toEqual([['PUT', `/Groups/${desk.zivverId}`, { displayName: 'Old desk' }], patch]);
  });

  it('does not begin when the PUT failed', async () => {
    const { writer, sent } = writerOf(answered(400, 'Invalid division: x', 'text/plain'));
    const result = await writer.updateFunctional(desk, { memberIds: [], division: 'x' });
    expect(result).toMatchObject({ ok: false, problem: { cause: 'invalid-division', delivery: 'refused' } });
    expect(sent).toHaveLength(1);
  });

  it('is in doubt when the PATCH failed after the PUT, because half of it was applied', async () => {
    const { writer } = writerOf(fineDesk, { delivery: 'not-sent', fault: 'ECONNREFUSED', status: null });
    const result = await writer.updateFunctional(desk, { memberIds: [], fullName: 'Old desk' });
    expect(result).toMatchObject({ ok: false, problem: { cause: 'unavailable', delivery: 'unknown' } });
  });

  it('is no PATCH when other members remain', async () => {
    const { writer, sent } = writerOf(fineDesk);
    await writer.updateFunctional(desk, { memberIds: [zivverId] });
    expect(sent.map(([method]) => method)).toEqual(['PUT']);
  });
});

describe('a success that is none', () => {
  it.each<[string, Exchange]>([
    ['a web page', answered(200, '<html></html>', 'text/html')],
    ['half a resource', answered(200, JSON.stringify(userResource(1)).slice(0, -9))],
    ['another account', answered(200, userResource(2))],
    ['a functional account', answered(200, groupResource(1))],
    ['no body', answered(200, '')],
    ['204', answered(204, '')],
    ['202', answered(202, userResource(1))],
    ['an error in JSON', answered(200, { code: 200, message: 'fine' })],
  ])('%s leaves the write in doubt', async (_, outcome) => {
    const doubt = { ok: false, problem: { cause: 'unexpected', delivery: 'unknown' } };
    expect(await writerOf(outcome).writer.updateUser(user, { active: false })).toMatchObject(doubt);
    expect(await writerOf(outcome).writer.createUser({ address: user.address })).toMatchObject(doubt);
  });

  it('a deletion that is answered with a page or a redirection is in doubt', async () => {
    for (const outcome of [answered(200, '<html></html>', 'text/html'), answered(202, ''), answered(302, '')]) {
      const result = await writerOf(outcome).writer.deleteAccount('user', zivverId);
      expect(result).toMatchObject({ ok: false, problem: { cause: 'unexpected', delivery: 'unknown' } });
    }
  });
});

describe('a write that fails', () => {
  it.each<[Exchange, string, string]>([
    [answered(400, 'Error creating alias: Domain Not Owned', 'text/plain'), 'alias-domain-not-owned', 'refused'],
    [answered(409, ''), 'already-exists', 'refused'],
    [answered(401, ''), 'key-refused', 'refused'],
    [answered(429, ''), 'rate-limited', 'refused'],
    [answered(500, ''), 'unavailable', 'unknown'],
    [{ delivery: 'not-sent', fault: 'ECONNREFUSED', status: null }, 'unavailable', 'not-sent'],
    [{ delivery: 'unknown', fault: 'UND_ERR_SOCKET', status: null }, 'unavailable', 'unknown'],
  ])('tells %o apart', async (outcome, cause, delivery) => {
    const problem = { ok: false, problem: { cause, delivery } };
    expect(await writerOf(outcome).writer.createUser({ address: user.address })).toMatchObject(problem);
    expect(await writerOf(outcome).writer.updateUser(user, { aliases: [] })).toMatchObject(problem);
    expect(await writerOf(outcome).writer.updateFunctional(desk, { aliases: [] })).toMatchObject(problem);
    expect(await writerOf(outcome).writer.deleteAccount('user', zivverId)).toMatchObject(problem);
  });

  it('does not repeat an SSO key that the answer repeats', async () => {
    const echo = answered(400, 'Bad SsoAccountKey canary-sso', 'text/plain');
    const write = { address: user.address, ssoAccountKey: 'canary-sso' };
    const results = [
      await writerOf(echo).writer.createUser(write),
      await writerOf(echo).writer.updateUser(user, write),
    ];
    expect(results.map(({ ok }) => ok)).toEqual([false, false]);
    expect(JSON.stringify(results)).not.toContain('canary-sso');
  });

  it('an update that touches nothing is a bug of the caller', async () => {
    await expect(writerOf(fine).writer.updateUser(user, {})).rejects.toThrow('attribute');
    await expect(writerOf(fine).writer.updateFunctional(desk, {})).rejects.toThrow('attribute');
  });
});
