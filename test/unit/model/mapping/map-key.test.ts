import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import { markUndecoded } from '../../../../src/model/directory/entry.ts';
import { mapKey, readKey } from '../../../../src/model/mapping/map-key.ts';
import { dnOf, entry } from '../../../support/account-builder.ts';

const GUID = '0246da7a-d5f5-4bdd-8be6-9e3d5da27c93';
const BASE64 = 'etpGAvXV3UuL5p49XaJ8kw==';
const BYTES = '7ada4602f5d5dd4b8be69e3d5da27c93';

const key = (attribute: string, value: string | string[], format: 'base64' | 'guid' = 'base64') =>
  mapKey(entry(dnOf('anna'), { [attribute]: value }), { accountKey: attribute }, format);

function rowKey(value: string) {
  const row: Entry = { dn: 'people.csv line 2', attributes: new Map([['key', [value]]]), isRow: true };
  return readKey(row, { accountKey: 'Key' }, 'base64');
}

describe('the key of an entry', () => {
  it.each([
    [BASE64, GUID],
    ['QUJDREVGR0hJSktMTU5PUA==', '44434241-4645-4847-494a-4b4c4d4e4f50'],
    ['77u/QUJDREVGR0hJSktMTQ==', '41bfbbef-4342-4544-4647-48494a4b4c4d'],
  ])('of the objectGUID %s is one for both formats', (base64, guid) => {
    expect(key('objectGUID', base64)).toEqual({ key: accountKeyOf(guid), ssoKey: base64, isGuid: true });
    expect(key('OBJECTGUID', base64, 'guid')).toEqual({ key: accountKeyOf(guid), ssoKey: guid, isGuid: true });
  });

  it('of a text is the text, without blanks around it', () => {
    expect(key('employeeID', ' 0042 ')).toEqual({ key: accountKeyOf('0042'), ssoKey: '0042', isGuid: false });
  });

  it('of a GUID in a text attribute is that of the GUID, and single sign-on gets the text', () => {
    const text = GUID.toUpperCase();
    expect(key('extensionAttribute1', text)).toEqual({ key: accountKeyOf(GUID), ssoKey: text, isGuid: true });
  });

  it('of another binary attribute is its base64', () => {
    expect(key('objectSid', 'AQUAAAAAAAUVAAAA', 'guid')?.ssoKey).toBe('AQUAAAAAAAUVAAAA');
  });

  it.each<[string, string | string[]]>([
    ['objectGUID', []],
    ['objectGUID', ' '],
    ['objectGUID', 'etpGAvXV3UuL5p49XaJ8'],
    ['objectGUID', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['mS-DS-ConsistencyGuid', 'MTIz'],
    ['employeeID', ['1', '2']],
    ['employeeID', markUndecoded(Buffer.from([0xe9]))],
    ['employeeID', 'RenÃ©'],
    ['employeeID', '10\u200b00'],
  ])('is none for %s = %j', (attribute, value) => {
    expect(key(attribute, value)).toBeUndefined();
  });
});

describe('the key of a row', () => {
  it.each([
    GUID,
    GUID.toUpperCase(),
    `{${GUID}}`,
    `(${GUID})`,
    `urn:uuid:${GUID}`,
    BASE64,
    BASE64.replace('==', ''),
    `X'${BYTES}'`,
    `x'${BYTES.toUpperCase()}'`,
    `0x${BYTES}`,
    BYTES.replace(/../g, '$& ').trim(),
    BYTES.replace(/..(?=.)/g, '$&-').toUpperCase(),
    BYTES.replace(/..(?=.)/g, '$&:'),
    BYTES.replace(/../g, String.raw`\$&`),
    BYTES.replace(/../g, '0x$& ').trim(),
    [...Buffer.from(BYTES, 'hex')].join(' '),
    [...Buffer.from(BYTES, 'hex')].join(','),
    `{${[...Buffer.from(BYTES, 'hex')].join(', ')}}`,
  ])('is the same for %s', (text) => {
    expect(rowKey(text)).toEqual({ key: accountKeyOf(GUID), ssoKey: BASE64, isGuid: true });
  });

  it.each([
    BYTES,
    `{${BYTES}}`,
    `X'${BYTES.slice(2)}'`,
    `X'${BYTES}00'`,
    "X'7ad'",
    `0x${BYTES.slice(2)}`,
    BYTES.slice(2).replace(/../g, '$& ').trim(),
    '12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12',
    GUID.slice(0, -1),
    `${GUID}0`,
    `{${GUID.slice(1)}}`,
    `${BASE64.slice(0, 19)}=`,
  ])('is refused for %s, which is a GUID for nobody', (text) => {
    expect(rowKey(text)).toHaveProperty('why');
  });

  it.each([
    ...[
      'NULL',
      'null',
      '<NULL>',
      '(null)',
      'N/A',
      '#N/A',
      'n.v.t.',
      'nvt',
      'n.v.t',
      'NVT',
      '-',
      '--',
      '—',
      '.',
      '?',
      '…',
    ],
    ...[
      '0',
      '000000',
      '0.0',
      '0,00',
      'none',
      'Onbekend',
      'unknown',
      'k.A.',
      'keine Angabe',
      's/o',
      'néant',
      'TBD',
      'xxx',
    ],
    ...[
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '[leeg]',
      "'-'",
      'N / A'.replaceAll(' ', ''),
    ],
  ])('is none for %s', (text) => {
    expect(rowKey(text)).toHaveProperty('why');
  });

  it.each([
    '1',
    '000123',
    'A0',
    'JN',
    'null-01',
    'Nulder',
    '0042',
    '1e5',
    '64f1c2a9e4b0a1b2c3d4e5f6',
    'info-desk',
    '00:1B:44:11:3A:B7',
  ])('is the text itself for %s', (text) => {
    expect(rowKey(text)).toEqual({ key: accountKeyOf(text), ssoKey: text, isGuid: false });
  });
});
