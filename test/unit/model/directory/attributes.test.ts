import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatFileTime, isDisabled, isExpired } from '../../../../src/model/directory/account-flags.ts';
import { formatGuid, isGuid, parseGuid } from '../../../../src/model/directory/guid.ts';
import { domainOf, isMailAddress, parseMailAddress } from '../../../../src/model/directory/mail-address.ts';
import { parseMobile } from '../../../../src/model/directory/phone.ts';
import { parseProxyAddresses } from '../../../../src/model/directory/proxy-addresses.ts';

describe('a GUID', () => {
  const vectors = [
    ['etpGAvXV3UuL5p49XaJ8kw==', '0246da7a-d5f5-4bdd-8be6-9e3d5da27c93'],
    ['QUJDREVGR0hJSktMTU5PUA==', '44434241-4645-4847-494a-4b4c4d4e4f50'],
    ['77u/QUJDREVGR0hJSktMTQ==', '41bfbbef-4342-4544-4647-48494a4b4c4d'],
  ] as const;

  it.each(vectors)('of the bytes %s reads %s', (base64, text) => {
    expect(formatGuid(base64)).toBe(text);
    expect(parseGuid(text)).toBe(base64);
  });

  it('survives the way to text and back, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString('base64');
        expect(isGuid(base64)).toBe(true);
        expect(parseGuid(`{${formatGuid(base64).toUpperCase()}}`)).toBe(base64);
      }),
    );
  });

  it.each(['', 'QUJD', 'QUJDREVGR0hJSktMTU5PUB==', 'QUJDREVGR0hJSktMTU5PUFE='])('is not the bytes %j', (base64) => {
    expect(isGuid(base64)).toBe(false);
    expect(() => formatGuid(base64)).toThrow(RangeError);
  });

  it.each(['', '{0246da7a-d5f5-4bdd-8be6-9e3d5da27c93', '0246da7ad5f54bdd8be69e3d5da27c93'])(
    'is not the text %j',
    (text) => {
      expect(parseGuid(text)).toBeNull();
    },
  );
});

describe('isDisabled', () => {
  it.each(['514', '546', '66050', '262658', '2', '-2147483646'])('sees the bit in %s', (value) => {
    expect(isDisabled(value)).toBe(true);
  });

  it.each(['512', '66048', '0', '16', '-2147483648'])('does not see the bit in %s', (value) => {
    expect(isDisabled(value)).toBe(false);
  });

  it.each(['', 'yes', '0x2', '5.2'])('cannot tell from %j', (value) => {
    expect(isDisabled(value)).toBeNull();
  });
});

describe('isExpired', () => {
  const instant = new Date('2026-11-24T00:00:00.000Z');
  const fileTime = (BigInt(instant.getTime()) + 11_644_473_600_000n) * 10_000n;

  it('starts at the instant itself and not a tick before', () => {
    expect(isExpired(String(fileTime), instant)).toBe(true);
    expect(isExpired(String(fileTime + 1n), instant)).toBe(false);
    expect(isExpired(String(fileTime - 1n), instant)).toBe(true);
    expect(formatFileTime(String(fileTime))).toBe('2026-11-24T00:00:00.000Z');
  });

  it.each(['0', '9223372036854775807', '', 'never', '-1', '99999999999999999999'])('never happens by %j', (value) => {
    expect(isExpired(value, new Date(8_640_000_000_000_000))).toBe(false);
    expect(formatFileTime(value)).toBeNull();
  });

  it('does not lose precision near the end of the range', () => {
    expect(isExpired('9223372036854775806', instant)).toBe(false);
  });
});

describe('parseMailAddress', () => {
  it.each([
    ['Jan.Jansen@Company.ORG', 'jan.jansen@company.org'],
    [' jan@company.org\t', 'jan@company.org'],
    ["o'brien+zivver@sub.company.co.uk", "o'brien+zivver@sub.company.co.uk"],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ])('reads %j as %s', (text, address) => {
    expect(parseMailAddress(text)).toBe(address);
  });

  it.each([
    '',
    '@company.org',
    'jan@',
    'jan',
    'jan@company',
    'jan@@company.org',
    'jan@a@company.org',
    '.jan@company.org',
    'jan.@company.org',
    'ja..n@company.org',
    'jan jansen@company.org',
    '"jan"@company.org',
    'jan@[192.0.2.1]',
    'jan@192.0.2.1',
    'jan@-company.org',
    'jan@company-.org',
    'jan@com_pany.org',
    'jan@company.org.',
    'jan@company..org',
    'jän@company.org',
    'jan@cömpany.org',
    'jan\u200b@company.org',
    'jan@company.org\u202e',
    'jan@company.org\u00a0',
    'jan@company.org\n',
    'jan\u0000@company.org',
    'J\u0130M@company.org',
    '\u212aees@company.org',
    'Jan <jan@company.org>',
    'jan@company.org,els@company.org',
    `${'a'.repeat(65)}@company.org`,
    `jan@${'a'.repeat(64)}.org`,
    `jan@${'abcdefghi.'.repeat(25)}org`,
  ])('refuses %j', (text) => {
    expect(parseMailAddress(text)).toBeNull();
    expect(isMailAddress(text)).toBe(false);
  });

  it('accepts the longest allowed parts', () => {
    expect(isMailAddress(`${'a'.repeat(64)}@${'b'.repeat(63)}.org`)).toBe(true);
  });

  it('gives an address that it gives back unchanged, in printable ASCII with one @', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        const address = parseMailAddress(text);
        if (address === null) return;
        expect(parseMailAddress(address)).toBe(address);
        expect(address).toMatch(/^[!-?A-~]+@[a-z0-9.-]+$/);
        expect(address).toBe(address.toLowerCase());
      }),
    );
  });

  it('has a domain after the @', () => {
    expect(domainOf('jan@company.org')).toBe('company.org');
  });
});

describe('parseProxyAddresses', () => {
  it('tells the primary address from aliases by the case of the prefix', () => {
    expect(parseProxyAddresses(['smtp:J@company.org', 'SMTP:Jan@Company.org', 'Smtp:jj@company.nl'])).toEqual({
      primary: 'jan@company.org',
      aliases: ['j@company.org', 'jj@company.nl'],
      ignored: [],
    });
  });

  it('leaves other types and invalid addresses out and says why', () => {
    const values = [
      'X500:/o=Co/cn=jan',
      'SIP:jan@company.org',
      'x400:C=NL',
      'jan@company.org',
      ':x',
      'smtp:',
      'SMTP:a b@c.org',
    ];
    const { primary, aliases, ignored } = parseProxyAddresses(values);
    expect([primary, aliases]).toEqual([null, []]);
    expect(ignored.map(({ why }) => why)).toEqual([
      'other-type',
      'other-type',
      'other-type',
      'no-type',
      'no-type',
      'invalid-address',
      'invalid-address',
    ]);
    expect(ignored.map(({ value }) => value)).toEqual(values);
  });

  it('does not guess between two primary addresses', () => {
    const { primary, aliases, ignored } = parseProxyAddresses(['SMTP:a@c.org', 'SMTP:b@c.org', 'smtp:d@c.org']);
    expect([primary, aliases]).toEqual([null, ['d@c.org']]);
    expect(ignored).toEqual([
      { value: 'SMTP:a@c.org', why: 'several-primaries' },
      { value: 'SMTP:b@c.org', why: 'several-primaries' },
    ]);
  });

  it('takes doubles once, and a primary address is not an alias of itself', () => {
    expect(
      parseProxyAddresses(['SMTP:a@c.org', 'SMTP:A@c.org', 'smtp:a@C.org', 'smtp:b@c.org', 'smtp:B@c.org']),
    ).toEqual({
      primary: 'a@c.org',
      aliases: ['b@c.org'],
      ignored: [],
    });
  });

  it('accounts for every value: primary, alias, double or ignored', () => {
    const address = fc.constantFrom('a@c.org', 'A@c.org', 'b@c.org', 'bad');
    const value = fc.tuple(fc.constantFrom('SMTP:', 'smtp:', 'SIP:', ''), address).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const { primary, aliases, ignored } = parseProxyAddresses(values);
        const told = new Set([primary, ...aliases, ...ignored.map((one) => one.value)]);
        for (const one of values) expect(told.has(one) || told.has(one.slice(5).toLowerCase())).toBe(true);
      }),
    );
  });
});

describe('parseMobile', () => {
  it.each([
    ['06-12345678', 'NL', '+31612345678'],
    ['+31 (0)6 12345678', 'BE', '+31612345678'],
    ['0031612345678', 'NL', '+31612345678'],
    ['06\u00a012\u201134\u201156\u201178', 'NL', '+31612345678'],
    ['\u202a+31612345678\u202c', 'NL', '+31612345678'],
    ['0470 12 34 56', 'BE', '+32470123456'],
    ['+1 212 555 0100', 'NL', '+12125550100'],
    ['(+31) 6 12345678', 'NL', '+31612345678'],
    ['(+31)(0)6-12345678', 'NL', '+31612345678'],
    ['(0031) 6 12345678', 'NL', '+31612345678'],
    ['tel:+31-6-12345678', 'NL', '+31612345678'],
    ['M: 06 12345678', 'NL', '+31612345678'],
    ['Mob. 0612345678', 'NL', '+31612345678'],
    ['GSM 0470/12.34.56', 'BE', '+32470123456'],
    ["'0612345678", 'NL', '+31612345678'],
  ])('reads %j from region %s as %s', (value, region, e164) => {
    expect(parseMobile(value, region)).toEqual({ e164 });
  });

  it.each([
    ['', 'not-a-number'],
    ['n.v.t.', 'not-a-number'],
    ['06 12345678 (home)', 'remark'],
    ['06 12345678 / 06 87654321', 'several'],
    ['06-12345678 of 06-87654321', 'several'],
    ['+31612345678 +31687654321', 'several'],
    ['\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668', 'not-a-number'],
    ['\uff10\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18', 'not-a-number'],
    ['0612345678 ext 5', 'extension'],
    ['0612345678 toestel 12', 'extension'],
    ['0612345678;ext=5', 'extension'],
    ['+31 6 1234567', 'invalid'],
    ['020-1234567', 'not-mobile'],
    ['0800 1234', 'not-mobile'],
    ['+31 97 0101 23456', 'machine-number'],
  ])('refuses %j: %s', (value, why) => {
    expect(parseMobile(value, 'NL')).toEqual({ why });
  });

  it('knows no local numbers of an unknown region', () => {
    expect('why' in parseMobile('06-12345678', 'XX')).toBe(true);
  });
});
