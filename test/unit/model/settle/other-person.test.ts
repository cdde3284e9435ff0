import type { Fact } from '../../../../src/model/schema/generated/plan.ts';
import { expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { MappedAccount } from '../../../../src/model/mapping/mapped.ts';
import { findOtherPerson } from '../../../../src/model/settle/other-person.ts';

const anna = {
  address: 'anna@company.org',
  fullName: 'Anna Bos',
  aliases: ['a.bos@company.org'],
} as unknown as ExistingAccount;

function find(fullName: string, address: string, keyKind?: 'number'): Fact | null {
  const account = { kind: 'user', key: '', address: `${address}@company.org`, fullName, active: true };
  return findOtherPerson({ account, ...(keyKind && { keyKind }) } as unknown as MappedAccount, anna);
}

it('holds a number under which name and address change at once', () => {
  expect(find('Bert Vis', 'bert', 'number')).not.toBeNull();
  expect(find('Anna Vis', 'anna.vis', 'number')).not.toBeNull();
});

it.each([
  ['only the name changes', 'Bert Vis', 'anna'],
  ['only the address changes', 'Anna Bos', 'bert'],
  ['the name is only spelt otherwise', 'Bos, Ánna', 'bert'],
  ['the address was an alias', 'Anna Vis', 'a.bos'],
])('takes a number for the same person where %s', (_case, fullName, address) => {
  expect(find(fullName, address, 'number')).toBeNull();
});

it('takes a GUID of the directory for the same person whatever changes', () => {
  expect(find('Bert Vis', 'bert')).toBeNull();
});
