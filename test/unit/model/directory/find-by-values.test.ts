import { expect, it } from 'vitest';
import { findByValues } from '../../../../src/model/directory/find-by-values.ts';
import { dnOf, entry } from '../../../support/account-builder.ts';

const entries = [
  entry(dnOf('Anna'), { sAMAccountName: 'anna', proxyAddresses: ['SMTP:anna@company.org', 'smtp:a@company.org'] }),
  entry('CN=Jansen\\, Jan,OU=Staff,DC=company,DC=org', { sAMAccountName: 'jan' }),
  entry('CN=José,OU=Staff,DC=company,DC=org'),
  entry('OU=anna,DC=company,DC=org', { cn: 'Unit' }),
];

it.each([
  ['cn', 'ANNA', [0]],
  ['cn', 'Jansen, Jan', [1]],
  ['cn', 'jose', []],
  ['cn', 'JOSÉ', [2]],
  ['cn', 'unit', [3]],
  ['samaccountname', 'Jan', [1]],
  ['proxyAddresses', 'smtp:ANNA@company.org', [0]],
  ['proxyAddresses', 'anna@company.org', []],
  ['cn', 'A*', []],
])('%s = %s finds %j, whole and without case', (attribute, value, places) => {
  expect(findByValues(entries, [{ attribute, value }])).toEqual(places.map((place) => entries[place]));
});
