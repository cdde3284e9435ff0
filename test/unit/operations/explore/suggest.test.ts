import { describe, expect, it } from 'vitest';
import { buildMappingRules } from '../../../../src/model/configuration/mapping-rules.ts';
import { buildSpelling } from '../../../../src/operations/explore/spelling.ts';
import { buildSuggestions, type Suggestion } from '../../../../src/operations/explore/suggest.ts';
import { buildSurvey, type Survey } from '../../../../src/operations/explore/survey.ts';

const mapping = buildMappingRules();

const ordinary = (index: number): Record<string, string> => ({
  name: `Person ${index}`,
  displayname: `Person ${index}`,
  objectguid: `guid ${index}`,
  proxyaddresses: `SMTP:p${index}@company.org`,
  mail: `p${index}@company.org`,
  mobile: `+316123456${10 + index}`,
  msexchdelegatelistlink: 'CN=A,DC=company,DC=org',
});

function survey(change: (index: number) => Record<string, string | undefined>, count = 40): Survey {
  const builder = buildSurvey('NL');
  for (let index = 0; index < count; index += 1) {
    const values = Object.entries({ ...ordinary(index), ...change(index) });
    const attributes = values.flatMap(([name, value]): [string, string[]][] =>
      value === undefined ? [] : [[name, [value]]],
    );
    builder.add({ dn: `CN=${index}`, attributes: new Map(attributes) });
  }
  return builder.finish();
}

function suggest(change: (index: number) => Record<string, string | undefined>): readonly Suggestion[] {
  return buildSuggestions({ survey: survey(change), source: { mapping }, hasSso: true, spell: buildSpelling([]) });
}

const codes = (suggestions: readonly Suggestion[]): string[] => suggestions.map(({ code }) => code);

describe('suggestions', () => {
  it('are none for a directory that fits', () => {
    expect(suggest(() => ({}))).toEqual([]);
  });

  it('name displayName where name has the surname first', () => {
    const [first] = suggest((index) => ({ name: `Jansen, Person ${index}` }));
    expect(first).toMatchObject({ code: 'NAME_SURNAME_FIRST', yaml: 'mapping: { fullName: displayName }' });
    const [parts] = suggest((index) => ({
      name: `J, P${index}`,
      displayname: `J, P${index}`,
      givenname: 'P',
      sn: 'J',
    }));
    expect(parts?.yaml).toBe('mapping: { fullName: "{givenName} {sn}" }');
    const [helpless] = suggest((index) => ({ name: `J, P${index}`, displayname: `J, P${index}` }));
    expect(helpless).toMatchObject({ code: 'NAME_SURNAME_FIRST', yaml: expect.stringContaining('swapComma') });
    const [both] = suggest((index) => ({ name: `J, P${index} (extern)`, displayname: `J, P${index} (extern)` }));
    expect(both?.yaml).toBe('mapping: { changes: { fullName: [{ stripSuffix: " (extern)" }, swapComma] } }');
  });

  it('name mail where proxyAddresses is empty, with what is lost', () => {
    const [first] = suggest(() => ({ proxyaddresses: undefined }));
    expect(first).toMatchObject({ code: 'EMAIL_FROM_MAIL', yaml: 'mapping: { email: [proxyAddresses, mail] }' });
    expect(first?.warning).not.toBeNull();
  });

  it('name employeeID as a key only if everybody has one of their own, and warn of the SSO key', () => {
    const [first] = suggest((index) => ({ employeeid: String(index) }));
    expect(first).toMatchObject({ code: 'KEY_CANDIDATE', yaml: 'mapping: { accountKey: employeeID }' });
    expect(first?.warning).toContain('ZivverAccountKey');
    expect(codes(suggest((index) => ({ employeeid: String(index % 39) })))).toEqual([]);
    expect(codes(suggest((index) => ({ employeeid: index % 2 === 0 ? String(index) : undefined })))).toEqual([]);
  });

  it.each([
    ['domains', (index: number) => `care${index % 30}.company.org`],
    ['units', (index: number) => `/Care/Ward ${index % 30}`],
    ['few values', (index: number) => `Ward ${index % 3}`],
  ])('name an extensionAttribute with %s as division', (_what, value) => {
    const [first] = suggest((index) => ({ extensionattribute5: value(index) }));
    const yaml = 'division: { by: attribute, attribute: extensionAttribute5 }';
    expect(first).toMatchObject({ code: 'DIVISION_CANDIDATE', yaml });
  });

  it('name no division where every person has another value', () => {
    expect(codes(suggest((index) => ({ extensionattribute1: `P${index}` })))).toEqual([]);
  });

  it('find mobile numbers elsewhere, and say that empty cannot be told from unreadable', () => {
    const moved = suggest((index) => ({ mobile: undefined, telephonenumber: `+316123456${10 + index}` }));
    expect(codes(moved)).toEqual(['MOBILE_ELSEWHERE', 'MAPPED_EMPTY']);
    const mostly = suggest((index) => ({
      mobile: index === 0 ? '0612345678' : undefined,
      telephonenumber: `+316123456${10 + index}`,
    }));
    expect(mostly).toMatchObject([{ yaml: 'mapping: { mobile: [mobile, telephoneNumber] }' }]);
    const empty = suggest(() => ({ msexchdelegatelistlink: undefined }));
    expect(empty).toMatchObject([{ code: 'MAPPED_EMPTY', yaml: 'mapping: { delegates: none }' }]);
  });

  it('tell how many have no key', () => {
    const [first] = suggest((index) => ({ objectguid: index === 0 ? undefined : `guid ${index}` }));
    expect(first?.code).toBe('KEY_INCOMPLETE');
  });
});

describe('a survey', () => {
  it('counts entries, values and different values, and passes over blanks', () => {
    const builder = buildSurvey('NL');
    const add = (values: string[]): void => builder.add({ dn: 'CN=x', attributes: new Map([['mail', values]]) });
    for (const values of [['a', 'b'], ['b'], [' '], ['x'.repeat(5000), 'x'.repeat(5000)]]) add(values);
    expect(builder.finish()).toMatchObject({
      entries: 4,
      attributes: [{ filled: 3, values: 5, distinct: 3, example: 'a' }],
    });
  });
});
