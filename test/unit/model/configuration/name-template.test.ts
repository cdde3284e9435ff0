import { describe, expect, it } from 'vitest';
import { type NameTemplate, parseNameTemplate, renderName } from '../../../../src/model/configuration/name-template.ts';
import { dnOf, entry } from '../../../support/account-builder.ts';

function parse(...texts: string[]): NameTemplate[] {
  return texts.map((text) => {
    const parsed = parseNameTemplate(text);
    if ('fault' in parsed) throw new Error(parsed.fault);
    return parsed;
  });
}

const anna = entry(dnOf('anna'), {
  givenName: ' Anna ',
  sn: 'de  Vries',
  displayName: 'Vries,  Anna',
  title: ['', 'Dr.'],
});

describe('a name', () => {
  it.each([
    [['displayName'], 'Vries,  Anna'],
    [['{displayName}'], 'Vries,  Anna'],
    [['{givenName} {sn}'], 'Anna de Vries'],
    [['{GIVENNAME}{SN}'], 'Annade Vries'],
    [['  {title}   {sn}  (care) '], 'Dr. de Vries (care)'],
    [['{givenName} {initials} {sn}', '{givenName} {sn}'], 'Anna de Vries'],
    [['initials', '{givenName} {initials}', 'displayName'], 'Vries,  Anna'],
    [['initials', '{initials} {sn}'], undefined],
    [['sn', 'displayName'], 'de  Vries'],
  ])('by %j is %j', (texts, name) => {
    expect(renderName(anna, parse(...texts))).toBe(name);
  });
});

it('has no line breaks, since a name is one line', () => {
  const zoe = entry(dnOf('zoe'), { displayName: 'Zoë\r\nBos', cn: 'Zoë\tvan \u2028Bos' });
  expect(renderName(zoe, parse('displayName'))).toBe('Zoë Bos');
  expect(renderName(zoe, parse('cn'))).toBe('Zoë van Bos');
});

describe('a template', () => {
  it.each([
    ['{givenName {sn}', 1],
    ['{givenName} {sn', 13],
    ['givenName} {sn}', 10],
    ['{} x', 1],
    ['{{sn}}', 1],
    ['{sn|upper}', 1],
    ['a {s n}', 3],
    ['Jan Jansen', 1],
    ['', 1],
    ['2nd', 1],
  ])('%j is refused at character %i', (text, column) => {
    expect(parseNameTemplate(text)).toMatchObject({ column });
  });
});
