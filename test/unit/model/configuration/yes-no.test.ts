import { expect, it } from 'vitest';
import { parseYesNo } from '../../../../src/model/configuration/yes-no.ts';

it.each([
  ...['ja', 'J', 'TRUE ', 'waar', 'Actief', 'In dienst', 'ingeschakeld', 'Enabled', 'active', '1', '1.0', '1,00', '-1'],
  ...['Aktiv', 'WAHR', 'aktiviert', 'oui', 'Vrai', 'actif', 'activé', 'sí', 'vero', 'on', 'T'],
])('%s means yes', (text) => {
  expect(parseYesNo(text)).toBe(true);
});

it.each([
  ...[
    'nee',
    'N',
    'FALSE',
    'onwaar',
    'Inactief',
    'Niet  actief',
    'Uit dienst',
    'uitgeschakeld',
    'Disabled',
    'inactive',
    '0',
    '0.0',
  ],
  ...[
    'nein',
    'FALSCH',
    'inaktiv',
    'deaktiviert',
    'non',
    'FAUX',
    'inactif',
    'désactivé',
    'off',
    'blocked',
    'geblokkeerd',
  ],
])('%s means no', (text) => {
  expect(parseYesNo(text)).toBe(false);
});

it.each(['', 'X', '?', 'misschien', '2', '512', 'NULL', 'actief?', 'o'])('%s means neither', (text) => {
  expect(parseYesNo(text)).toBeNull();
});

it('takes the words of the configuration before its own', () => {
  const words = { yes: ['X', 'Nee'], no: ['leeg', 'Ja'] };
  expect(['x', ' nee', 'LEEG', 'ja', 'true'].map((text) => parseYesNo(text, words))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});
