import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { formatDesiredAccount, parseDesiredAccount } from '../../../../src/model/desired/yaml.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';
import { desiredFunctional, desiredUser } from '../../../support/account-builder.ts';

/** What YAML 1.1 or 1.2 readers take for something else than text. */
const WORDS =
  `yes no on off y n true false null ~ Yes NO Null NaN .nan .inf 0 007 0x1f 0o7 1e3 e3 E-0 1_000 12:30 12:30:45
2026-11-23 +31612345678 1.5 - << = !a &a *a @a \`a %a | > 'a' "a" {a} [a] , --- ...`
    .split(/\s/)
    .concat(
      '- a',
      '? a',
      'a: b',
      'a #b',
      '#a',
      ' a',
      'a ',
      'a\nb',
      '\ta',
      '',
      '\u0000',
      '\u0085',
      '\u2028',
      '\ufeff',
      '\u202e',
    );

function named(fullName: string): DesiredAccount {
  return desiredUser('anna', { fullName });
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...Array.from('eE-+.0123nofysxtu_:#~ "\\\'&*!|>%@`{}[],\n\t')), maxLength: 8 }),
  fc.constantFrom(...WORDS),
);
const name = text.filter((value) => value !== '' && value.length < 1024);
const localPart = fc.string({ unit: fc.constantFrom(...'abc0.-_+%!'), minLength: 1, maxLength: 8 });
const address = localPart.map((local) => `${local}@company.org`);
const addresses = fc.uniqueArray(address, { maxLength: 4 });

const account: fc.Arbitrary<DesiredAccount> = fc.oneof(
  fc
    .record(
      { fullName: name, address, active: fc.boolean(), aliases: addresses, delegates: addresses, division: name },
      { requiredKeys: ['fullName', 'address', 'active'] },
    )
    .map((given) => ({ ...desiredUser('anna'), ...given })),
  fc
    .record(
      { fullName: name, address, aliases: addresses, members: addresses },
      { requiredKeys: ['fullName', 'address'] },
    )
    .map((given) => ({ ...desiredFunctional('info'), ...given })),
);

describe('formatDesiredAccount', () => {
  it('writes one attribute a line, in one order', () => {
    const anna = desiredUser('anna', {
      division: 'Zorg & Welzijn',
      mobile: '+31612345678',
      aliases: ['an@company.org', 'zo@company.org'],
      delegates: [],
    });
    const { key } = anna;
    expect(formatDesiredAccount(anna)).toBe(
      `kind: user\nkey: "${key}"\naddress: anna@company.org\nfullName: anna\nactive: true\nmobile: "+31612345678"\n` +
        'division: "Zorg & Welzijn"\naliases:\n  - an@company.org\n  - zo@company.org\ndelegates: []\n',
    );
  });

  it.each(['1.2', '1.1'] as const)('writes what the library reads as the same account, as YAML %s', (version) => {
    fc.assert(
      fc.property(account, (given) => {
        expect(parse(formatDesiredAccount(given), { version })).toEqual(given);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([...WORDS, ...HOSTILE_TEXTS])('keeps the text %j, whichever YAML reads it', (value) => {
    for (const version of ['1.1', '1.2'] as const)
      expect(parse(formatDesiredAccount(named(value)), { version })).toHaveProperty('fullName', value);
  });

  it('lets nothing invisible into the file', () => {
    for (const value of HOSTILE_TEXTS)
      expect(formatDesiredAccount(named(value))).not.toMatch(/[^\n\P{C}]|[\p{Zl}\p{Zp}]/u);
  });

  it('does not depend on the order of the properties', () => {
    const anna = desiredUser('anna', { aliases: ['a@company.org'] });
    const reversed = Object.fromEntries(Object.entries(anna).reverse()) as unknown as DesiredAccount;
    expect(formatDesiredAccount(reversed)).toBe(formatDesiredAccount(anna));
  });
});

describe('parseDesiredAccount', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(account, (given) => {
        expect(parseDesiredAccount(formatDesiredAccount(given), 'file.yaml')).toEqual(given);
      }),
      { numRuns: 1500 },
    );
  });

  it('reads what people reformatted, with the full parser', () => {
    const anna = desiredUser('anna', { aliases: ['a@company.org'] });
    const { key } = anna;
    const edited = `# by hand\nactive: true\nkind: 'user'\n"key": ${key}\naddress: anna@company.org\nfullName: >-\n  anna\naliases: [a@company.org]\n`;
    expect(parseDesiredAccount(edited, 'file.yaml')).toEqual(anna);
  });

  it('never misreads a mutated file: what it returns is what the library reads', () => {
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 6 }),
      insert: fc.oneof(
        text,
        fc.constantFrom('\n', ': ', '  - ', '"', ' #', '\r', '\n\n', 'active: false\n', 'kind: user\n'),
      ),
    });
    let accepted = 0;
    fc.assert(
      fc.property(account, fc.array(edit, { minLength: 1, maxLength: 2 }), (given, edits) => {
        let mutated = formatDesiredAccount(given);
        for (const { at, length, insert } of edits) {
          const start = at % (mutated.length + 1);
          mutated = mutated.slice(0, start) + insert + mutated.slice(start + length);
        }
        let read: DesiredAccount;
        try {
          read = parseDesiredAccount(mutated, 'file.yaml');
        } catch (error) {
          expect(error).toBeInstanceOf(ReconcileError);
          return;
        }
        accepted += 1;
        expect(read).toEqual(parse(mutated));
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it.each([
    ['nothing', ''],
    ['another kind', 'kind: admin\n'],
    ['a functional account that is active', `${formatDesiredAccount(desiredFunctional('info'))}active: true\n`],
    ['a user with members', `${formatDesiredAccount(desiredUser('anna'))}members: []\n`],
    ['a user without a state', formatDesiredAccount(desiredUser('anna')).replace('active: true\n', '')],
    ['a key that is none', formatDesiredAccount(desiredUser('anna', { key: 'anna' }))],
    ['an address that is none', formatDesiredAccount(desiredUser('anna', { address: 'anna' }))],
    ['an address in capitals', formatDesiredAccount(desiredUser('anna', { address: 'Anna@company.org' }))],
    ['an alias twice', formatDesiredAccount(desiredUser('anna', { aliases: ['a@company.org', 'a@company.org'] }))],
    ['a mobile that is none', formatDesiredAccount(desiredUser('anna', { mobile: '0612345678' }))],
  ])('refuses %s', (_case, given) => {
    expect(() => parseDesiredAccount(given, 'file.yaml')).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error,
    );
  });
});
