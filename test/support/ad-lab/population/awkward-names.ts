import type { PersonDraft } from './person.ts';
import { ODD_CASES } from './units.ts';

/** Common names that break naive DNs, filters, Markdown, HTML, shells or spreadsheets. */
const COMMON_NAMES: Readonly<Record<string, string>> = {
  comma: 'Jansen, Jan (ICT) [A]',
  quotes: 'Patrick "Obi" O\'Brien',
  hash: '#Hekje',
  plus: 'Plus + Is = Gelijk',
  semicolon: 'Punt;Komma',
  html: '<b>Vet</b><script>alert(1)</script>',
  pipes: 'a | b | c',
  backticks: '`rm -rf /`',
  team: '@team-beheer #123',
  emoji: 'Smile 😀 Emoji',
  backslash: 'Back\\slash',
  'right-to-left': 'Jan \u202Etxt.exe',
  'zero-width': 'Zero\u200BWidth',
  umlauts: 'Jürgen Müller-Großmann',
  diaeresis: 'Aïcha de Boër',
  decomposed: 'Zoe\u0308 de Wit',
  turkish: 'İlkay Yıldız',
  japanese: '山田 太郎',
  filter: '*)(objectClass=*',
  shell: '$(whoami) ${HOME}',
  path: '..%2F..%2Fetc%2Fpasswd',
  'yaml-null': 'null',
  'yaml-octal': '007',
  formula: "=CMD()|' C calc'!A0",
  link: '[Klik hier](https://example.org)',
  'longest-name': `${'Wilhelmina Frederika '.repeat(3)}X`,
};

/** Display names with characters that a common name may not hold, or longer than 64. */
const DISPLAY_NAMES: Readonly<Record<string, string>> = {
  'line-break': 'Line\nBreak | # Heading',
  'ansi-colour': 'Red \u001B[31mAlert\u001B[0m',
  'workflow-command': '::error::not an error',
  'very-long': 'Lange Naam '.repeat(23).trim(),
  'only-spaces': '\u00A0\u2003',
};

/** One ordinary, mail-enabled person for each awkward name. */
export function buildAwkwardPeople(): PersonDraft[] {
  const byCommonName = Object.entries(COMMON_NAMES).map(([key, name]) => buildAwkward(key, name, name));
  const byDisplayName = Object.entries(DISPLAY_NAMES).map(([key, name]) => buildAwkward(key, `Awkward ${key}`, name));
  return [...byCommonName, ...byDisplayName];
}

function buildAwkward(key: string, commonName: string, displayName: string): PersonDraft {
  const local = `awkward.${key}`;
  return {
    key: `awkward-${key}`,
    unit: ODD_CASES,
    commonName,
    login: `a-${key}`.slice(0, 20),
    mail: `${local}@company.org`,
    proxyAddresses: [`SMTP:${local}@company.org`, `smtp:${local}@company.nl`],
    more: { displayName, givenName: 'Awkward', sn: displayName.slice(0, 60), msExchRecipientTypeDetails: '1' },
    tags: ['awkward-name'],
  };
}
