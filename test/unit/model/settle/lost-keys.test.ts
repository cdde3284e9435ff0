import { describe, expect, it } from 'vitest';
import { refuseLostKeys } from '../../../../src/model/settle/lost-keys.ts';
import { desiredFunctional, keyFor, mappedFunctional } from '../../../support/account-builder.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const byHand = (name: string, key = name) => {
  const mapped = mappedFunctional(name);
  const account = { ...mapped.account, key: keyFor(key) };
  return { ...mapped, account, origin: 'hand' as const, dn: `accounts/${name}.yaml` };
};

describe('refuseLostKeys', () => {
  it('names the key of a managed account whose file got another one', async () => {
    const { code, problems } = await refusalOf(() =>
      refuseLostKeys([byHand('info', 'changed')], [desiredFunctional('info'), desiredFunctional('desk')]),
    );
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems).toEqual([{ where: 'accounts/info.yaml', what: expect.stringContaining(keyFor('info')) }]);
  });

  it.each([
    ['a new account', [byHand('sales')], [desiredFunctional('info')]],
    ['a renamed account', [byHand('front', 'info')], [desiredFunctional('info')]],
    ['an entry of a directory', [mappedFunctional('info')], [{ ...desiredFunctional('info'), key: keyFor('old') }]],
    [
      'a double, which is shown as ambiguous',
      [byHand('info', 'other'), mappedFunctional('info')],
      [desiredFunctional('info')],
    ],
  ])('lets %s pass', (_case, accounts, baseline) => {
    expect(() => refuseLostKeys(accounts, baseline)).not.toThrow();
  });
});
