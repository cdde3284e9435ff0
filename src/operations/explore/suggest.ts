import type { ConfiguredSource } from '../../model/configuration/configuration.ts';
import { attributesOfTemplate, isTemplate } from '../../model/configuration/name-template.ts';
import type { AttributeSurvey, Survey } from './survey.ts';

/** Something about the mapping that another attribute might do better. */
export interface Suggestion {
  readonly code:
    | 'NAME_SURNAME_FIRST'
    | 'NAME_SUFFIX'
    | 'NAME_MISSING'
    | 'EMAIL_FROM_MAIL'
    | 'KEY_CANDIDATE'
    | 'KEY_INCOMPLETE'
    | 'MOBILE_ELSEWHERE'
    | 'DIVISION_CANDIDATE'
    | 'MAPPED_EMPTY';
  readonly what: string;
  /** Lines for organisation.yaml, null if there is nothing to write. */
  readonly yaml: string | null;
  readonly warning: string | null;
}

export interface SuggestionQuestion {
  readonly survey: Survey;
  readonly source: Pick<ConfiguredSource, 'mapping' | 'division'>;
  readonly hasSso: boolean;
  /** Spelling of an attribute for people. */
  readonly spell: (name: string) => string;
}

/** What the values suggest about the mapping, the most important first. Pure. */
export function buildSuggestions(question: SuggestionQuestion): readonly Suggestion[] {
  if (question.survey.entries === 0) return [];
  return [
    ...suggestEmail(question),
    ...suggestName(question),
    ...suggestSuffix(question),
    ...suggestKey(question),
    ...suggestMobile(question),
    ...suggestDivision(question),
    ...tellEmpty(question),
  ];
}

const NONE: AttributeSurvey = {
  name: '',
  filled: 0,
  values: 0,
  distinct: 0,
  suffix: null,
  example: '',
  looks: { surnameFirst: 0, address: 0, domain: 0, unitPath: 0, mobile: 0 },
};

function find({ survey }: SuggestionQuestion, name: string): AttributeSurvey {
  return survey.attributes.find((attribute) => attribute.name === name.toLowerCase()) ?? NONE;
}

function suggestEmail(question: SuggestionQuestion): Suggestion[] {
  const { email } = question.source.mapping;
  const filled = Math.max(...email.map((attribute) => find(question, attribute).filled));
  const mail = find(question, 'mail');
  const isMuchBetter = mail.looks.address > filled + question.survey.entries / 5;
  if (hasName(email, 'mail') || !isMuchBetter) return [];
  const what = `${email.join(', ')} is filled for ${filled} entries, mail for ${mail.filled}`;
  const warning = 'mail holds one address: where it is used, aliases in Zivver are left as they are';
  return [{ code: 'EMAIL_FROM_MAIL', what, yaml: `mapping: { email: [${[...email, 'mail'].join(', ')}] }`, warning }];
}

function suggestName(question: SuggestionQuestion): Suggestion[] {
  const { fullName, nameChanges } = question.source.mapping;
  const [first] = fullName;
  if (first === undefined || fullName.length > 1 || isTemplate(first) || nameChanges.includes('swapComma')) return [];
  const { entries } = question.survey;
  const name = first.text;
  const mapped = find(question, name);
  const candidates = ['displayName', 'name', 'cn'].filter((other) => !hasName([name], other));
  const isBetter = (other: string): boolean => {
    const { filled, looks } = find(question, other);
    return filled >= entries * 0.9 && looks.surnameFirst < mapped.looks.surnameFirst / 2;
  };
  if (mapped.looks.surnameFirst > entries / 4) {
    const better = candidates.find(isBetter) ?? nameOfParts(question);
    const what = `${mapped.looks.surnameFirst} of ${entries} values of ${name} look like "Jansen, Jan"`;
    const yaml =
      better === undefined ? changesOf([...stripOf(question), 'swapComma']) : `mapping: { fullName: ${better} }`;
    return [{ code: 'NAME_SURNAME_FIRST', what, yaml, warning: null }];
  }
  if (mapped.filled >= entries * 0.9) return [];
  const fuller = candidates.find((other) => find(question, other).filled > mapped.filled);
  const what = `${name} is filled for ${mapped.filled} of ${entries} entries; without a name there is no account`;
  const yaml = fuller === undefined ? null : `mapping: { fullName: [${name}, ${fuller}] }`;
  return [{ code: 'NAME_MISSING', what, yaml, warning: null }];
}

/** The same words behind many names: `(extern)`, `(ZZP)`, the name of the organisation. */
function suggestSuffix(question: SuggestionQuestion): Suggestion[] {
  const most = findSuffix(question);
  if (most === null) return [];
  const what = `${most.count} names end with "${most.text}"`;
  return [{ code: 'NAME_SUFFIX', what, yaml: changesOf(stripOf(question)), warning: null }];
}

/** Before the names are swapped: behind the comma a suffix would stand in the middle. */
function stripOf(question: SuggestionQuestion): string[] {
  const most = findSuffix(question);
  return most === null ? [] : [`{ stripSuffix: ${JSON.stringify(most.text)} }`];
}

function changesOf(steps: readonly string[]): string {
  return `mapping: { changes: { fullName: [${steps.join(', ')}] } }`;
}

function findSuffix(question: SuggestionQuestion): AttributeSurvey['suffix'] {
  const { fullName, nameChanges } = question.source.mapping;
  const suffixes = fullName.filter((template) => !isTemplate(template)).map(({ text }) => find(question, text).suffix);
  const [most] = suffixes.flatMap((suffix) => suffix ?? []).sort((one, other) => other.count - one.count);
  const isStripped = nameChanges.some((change) => typeof change === 'object' && change.stripSuffix === most?.text);
  const isRare = most === undefined || most.count < Math.max(3, question.survey.entries / 100);
  return isRare || isStripped ? null : most;
}

/** A template, if nearly everybody has both parts. */
function nameOfParts(question: SuggestionQuestion): string | undefined {
  const isFilled = (name: string): boolean => find(question, name).filled >= question.survey.entries * 0.9;
  return isFilled('givenName') && isFilled('sn') ? '"{givenName} {sn}"' : undefined;
}

function hasName(attributes: readonly string[], name: string): boolean {
  return attributes.some((attribute) => attribute.toLowerCase() === name.toLowerCase());
}

/** Names such as userPrincipalName are left out: they change when people marry. */
const KEY_NAMES = ['employeeid', 'employeenumber', 'ms-ds-consistencyguid'];

function suggestKey(question: SuggestionQuestion): Suggestion[] {
  const { survey, source, hasSso, spell } = question;
  const { accountKey } = source.mapping;
  const mapped = find(question, accountKey);
  const incomplete: Suggestion[] =
    mapped.filled === survey.entries
      ? []
      : [
          {
            code: 'KEY_INCOMPLETE',
            what: `${survey.entries - mapped.filled} of ${survey.entries} entries have no ${accountKey}: they get no account`,
            yaml: null,
            warning: null,
          },
        ];
  const own = KEY_NAMES.filter((name) => name !== accountKey.toLowerCase()).map((name) => find(question, name));
  const usable = own.filter((one) => one.filled >= survey.entries * 0.95 && one.distinct === one.values);
  const sso = hasSso
    ? 'it must be what your identity provider sends as ZivverAccountKey, and nobody may be able to guess it: a number or a name can be guessed'
    : 'with single sign-on it would also be the SSO key, which nobody may be able to guess';
  const warning = `objectGUID never changes; ${sso}. Changing accountKey later gives everybody another identity`;
  return [
    ...incomplete,
    ...usable.map(({ name, filled }): Suggestion => {
      const what = `${spell(name)} is filled for ${filled} of ${survey.entries} entries, no two alike: it could be accountKey`;
      return { code: 'KEY_CANDIDATE', what, yaml: `mapping: { accountKey: ${spell(name)} }`, warning };
    }),
  ];
}

function suggestMobile(question: SuggestionQuestion): Suggestion[] {
  const { mobile } = question.source.mapping;
  if (mobile.length === 0) return [];
  const mapped = Math.max(...mobile.map((attribute) => find(question, attribute).looks.mobile));
  const others = ['mobile', 'telephoneNumber', 'otherMobile', 'homePhone', 'ipPhone'].map((name) => ({
    name,
    mobiles: find(question, name).looks.mobile,
  }));
  const [best] = others.filter(({ name }) => !hasName(mobile, name)).sort(byMobiles);
  if (best === undefined || best.mobiles <= Math.max(mapped * 2, question.survey.entries / 20)) return [];
  const what = `${best.name} has ${best.mobiles} mobile numbers, ${mobile.join(', ')} has ${mapped}`;
  const attributes = mapped === 0 ? best.name : `[${[...mobile, best.name].join(', ')}]`;
  return [{ code: 'MOBILE_ELSEWHERE', what, yaml: `mapping: { mobile: ${attributes} }`, warning: null }];
}

function byMobiles(one: { mobiles: number }, other: { mobiles: number }): number {
  return other.mobiles - one.mobiles;
}

const UNIT_NAMES =
  /^(?:extensionattribute\d+|department|departmentnumber|division|company|physicaldeliveryofficename|l)$/;

/** Few different values, or values that look like domains or paths of units. */
function suggestDivision(question: SuggestionQuestion): Suggestion[] {
  const { survey, source, spell } = question;
  if (source.division?.by !== undefined && source.division.by !== 'none') return [];
  const isUnit = ({ name, filled, distinct, looks }: AttributeSurvey): boolean => {
    if (!UNIT_NAMES.test(name) || filled < survey.entries / 2 || distinct < 2) return false;
    return looks.domain > filled / 2 || looks.unitPath > filled / 2 || distinct <= Math.min(100, filled / 4);
  };
  return survey.attributes.filter(isUnit).map(({ name, filled, distinct, looks }): Suggestion => {
    const like = looks.domain > filled / 2 ? ', like domains' : looks.unitPath > filled / 2 ? ', like units' : '';
    const what = `${spell(name)} is filled for ${filled} of ${survey.entries} entries with ${distinct} different values${like}: it could be the division`;
    const yaml = `division: { by: attribute, attribute: ${spell(name)} }`;
    const warning = 'each value must be the identifier of an organisational unit that exists in Zivver';
    return { code: 'DIVISION_CANDIDATE', what, yaml, warning };
  });
}

function tellEmpty(question: SuggestionQuestion): Suggestion[] {
  const { email, fullName, accountKey, mobile, delegates } = question.source.mapping;
  const mapped: Readonly<Record<string, readonly string[]>> = {
    email,
    fullName: fullName.flatMap(attributesOfTemplate),
    accountKey: [accountKey],
    mobile,
    delegates: delegates === null ? [] : [delegates.attribute],
  };
  const isEmpty = (attribute: string): boolean => find(question, attribute).filled === 0;
  return Object.entries(mapped).flatMap(([use, attributes]) =>
    attributes.filter(isEmpty).map((attribute): Suggestion => {
      const what = `${attribute}, mapped to ${use}, has no value anywhere: it is empty, or the account may not read it; LDAP does not tell which`;
      const isOnly = attributes.length === 1 && (use === 'mobile' || use === 'delegates');
      return { code: 'MAPPED_EMPTY', what, yaml: isOnly ? `mapping: { ${use}: none }` : null, warning: null };
    }),
  );
}
