import { describe, expect, it } from 'vitest';
import { maskExample } from '../../../../src/operations/explore/mask.ts';

describe('an example', () => {
  it.each([
    ['name', 'Jansen, Jan (2)', 'Xxxxxx, Xxx (9)'],
    ['name', 'Aïcha Yılmaz', 'Xxxxx Xxxxxx'],
    ['name', 'Xandra Max', 'Xxxxxx Xxx'],
    ['mobile', '+31 6 12345678', '+99 9 99999999'],
    ['mail', 'jan.jansen@company.org', 'xxx.xxxxxx@company.org'],
    ['mail', 'jan@jansen-family.nl', 'xxx@xxxxxx-xxxxxx.xx'],
    ['proxyaddresses', 'SMTP:Jan@Company.ORG', 'SMTP:Xxx@Company.ORG'],
    ['proxyaddresses', 'smtp:jan@elsewhere.org', 'smtp:xxx@xxxxxxxxx.xxx'],
    ['extensionattribute3', 'company.org', 'company.org'],
    ['employeeid', '100129', '999999'],
    ['manager', 'CN=Jansen\\, Jan,OU=Care,DC=company,DC=org', 'CN=Xxxxxx\\, Xxx,OU=Xxxx,DC=company,DC=org'],
    ['objectguid', 'etpGAvXV3UuL5p49XaJ8kw==', '16 bytes'],
    ['useraccountcontrol', '514', '514'],
    ['objectclass', 'user', 'user'],
    ['msexchhidefromaddresslists', 'TRUE', 'TRUE'],
    ['extensionattribute4', 'FALSE', 'FALSE'],
  ])('of %s: %s is shown as %s', (name, value, shown) => {
    expect(maskExample(name, value, ['company.org'])).toBe(shown);
  });
});
