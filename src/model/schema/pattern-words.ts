/** What people can write for a pattern of the files that they write: what is allowed, with an example. */
export const PATTERN_WORDS: Readonly<Record<string, string>> = {
  '@': 'must hold an @',
  '\\S': 'must not be blank',
  '^[a-z0-9][a-z0-9._-]{0,62}$': 'must be lower-case letters, digits, dots, hyphens, for example annas-team',
  '^\\+[1-9][0-9]{6,14}$': 'must be a number with its country code, for example +31612345678',
  '^[0-9]{4,}-[0-9a-f]{8}$': 'must be the name of a plan, for example 0012-1a2b3c4d',
  '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$':
    'must be a key as desired files have it, for example 0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10',
  '^(0|[1-9][0-9]{0,2})d$': 'must be days, for example 7d',
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z)?$':
    'must be a day or a moment in UTC, for example 2026-12-31 or 2026-12-31T12:00Z',
  '^none$': 'must be none, or keys of its own, below it and indented',
  '^[0-9a-f]{6}$': 'must be six digits or letters a to f',
  '^[1-9][0-9]{0,3}[hd]$': 'must be hours or days, for example 72h or 3d',
  '^[A-Z][A-Z0-9_]*$': 'must be the name of an environment variable, for example LDAP_PASSWORD',
  '^[A-Z]{2}$': 'must be a country in two capitals, for example NL',
  '^[A-Za-z0-9._-]+$': 'must be letters, digits, dots, hyphens and underscores',
  '^[A-Za-z0-9._/-]+$': 'must be the name of a branch, for example main',
  '^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*/?$':
    'must be a path without a leading slash, for example group/project',
  '^[^?#\\n]+$': 'must be one line without ? and #',
  '^[^\\s@A-Z]+@[^\\s@A-Z]+$': 'must be an address in lower case, for example admin@company.org',
  '^[^\\s@]+@[^\\s@]+$': 'must be an address, for example admin@company.org',
  '^[^\\s\\p{C}](?:(?:[^\\s\\p{C}]| ){0,254}[^\\s\\p{C}])?$': 'must be one line without blanks at its ends',
  '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$':
    'must be a domain in lower case, for example company.org',
  '^[a-z0-9][a-z0-9-]{0,62}$': 'must be lower-case letters, digits and hyphens, for example head-office',
  '^age1[02-9ac-hj-np-z]{58}$': 'must be a public age key, which begins with age1',
  '^smtps?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$':
    'must be a mail server, for example smtp://mail.company.org or smtps://mail.company.org:465',
  '^[^\\s]+$': 'must be without blanks',
  '^https?://[^\\s?#@]+$': 'must be a web address, for example https://github.company.org',
  '^https?://[^\\s?#]+$': 'must be a web address, for example https://app.zivver.com/api/scim/v2',
  '^ldaps?(?:://[^\\s/]+|\\+srv://[^\\s/:]+)/?$':
    'must be an address of a domain controller, for example ldaps://dc1.company.org',
  '^[^\\s@,"*?!<>]+@[^\\s@,"*?!<>]+$':
    'must be an address without commas, quotes or blanks, for example rita@company.org',
};
