import { describe, expect, it } from 'vitest';
import { refuseUnreadDomains } from '../../../../src/model/directory/unread-domains.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const root = {
  name: 'root',
  kind: 'ldap',
  baseDn: 'DC=company,DC=org',
  unreadDomains: ['DC=care,DC=company,DC=org'],
} as const;

describe('a directory that refers to another domain below the base', () => {
  it('is not read completely', async () => {
    expect(await refusalOf(() => refuseUnreadDomains([root]))).toEqual({
      code: 'SOURCE_INCOMPLETE',
      problems: [{ where: 'source root', what: 'refers to DC=care,DC=company,DC=org, which was not read' }],
    });
  });

  it.each(['DC=care,DC=company,DC=org', 'OU=Staff,DC=Care,DC=company,DC=org'])(
    'is, if another source reads %s',
    (baseDn) => {
      expect(() => refuseUnreadDomains([root, { name: 'care', kind: 'ldap', baseDn }])).not.toThrow();
    },
  );

  it('is not, if the other source reads something else, or is a table', () => {
    const others = [
      { name: 'other', kind: 'ldap', baseDn: 'DC=lab,DC=company,DC=org' },
      { name: 'file', kind: 'csv', baseDn: 'DC=care,DC=company,DC=org' },
      { name: 'export', kind: 'ldif', baseDn: '' },
    ] as const;
    for (const other of others) expect(() => refuseUnreadDomains([root, other])).toThrow('another domain');
  });
});
