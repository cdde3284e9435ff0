import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { buildObservations, renderAdvice } from '../../../../src/model/mapping/observations.ts';
import { configure, dnOf } from '../../../support/account-builder.ts';
import { map, person } from '../../../support/mapping-builder.ts';

function notesOf(people: ReturnType<typeof person>[], mapping = ''): readonly string[] {
  const { notes } = map({ people, configuration: configure('', mapping) });
  return notes.map(factText).filter((note) => !note.startsWith('Source '));
}

describe('advice', () => {
  it('is nothing where there is nothing to say', () => {
    expect(notesOf([person('anna', { mobile: '06-12345678' })])).toEqual([]);
  });

  it('counts landlines that stand for mobile numbers, once for everybody', () => {
    const people = ['anna', 'bas'].map((name) => person(name, { mobile: '020 794 6018' }));
    expect(notesOf([...people, person('carla', { mobile: 'see Bas' })])).toEqual([
      expect.stringMatching(/^2 people have a landline .* in Active Directory, .*mapping\.mobile/),
    ]);
  });

  it('names Active Directory only where nothing else is a source', () => {
    const table = `  - name: agency\n    csv: { file: agency.csv }\n    mapping: { email: E-mail, fullName: Name, accountKey: No, active: In }`;
    const { sources } = configure('', table);
    const [note] = renderAdvice({ ...buildObservations(), landlines: ['agency.csv:2'] }, sources);
    expect(note && factText(note)).toMatch(/^1 person has a landline .* in the source, /);
  });

  it('counts aliases by unclaimed domain, without those of onmicrosoft.com', () => {
    const alias = (name: string, ...domains: string[]): ReturnType<typeof person> =>
      person(name, { proxyAddresses: [`SMTP:${name}@company.org`, ...domains.map((one) => `smtp:${name}@${one}`)] });
    const people = [
      alias('anna', 'company.eu', 'company.onmicrosoft.com', 'company.mail.onmicrosoft.com', 'old.example'),
      alias('bas', 'company.eu', 'a.example', 'b.example', 'c.example', 'd.example'),
    ];
    expect(notesOf(people)).toEqual([
      expect.stringMatching(
        /^7 aliases are left out.*: 2 in company\.eu, 1 in a\.example, .* and more in 1 other domain\. .*claimedDomains/,
      ),
    ]);
    expect(notesOf([alias('anna', 'company.onmicrosoft.com')])).toEqual([]);
  });

  it('warns that Exchange Online does not keep up msExchDelegateListLink, if delegates come from it', () => {
    const remote = { msExchRecipientTypeDetails: '2147483648' };
    const delegates = { msExchDelegateListLink: dnOf('bas'), extensionAttribute3: dnOf('bas') };
    const people = [person('anna', { ...remote, ...delegates }), person('bas', remote), person('carla')];
    expect(notesOf(people)).toEqual([expect.stringMatching(/^2 mailboxes are in Exchange Online/)]);
    expect(notesOf(people, '    mapping: { delegates: none }')).toEqual([]);
    expect(notesOf(people, '    mapping: { delegates: extensionAttribute3 }')).toEqual([]);
    expect(notesOf([person('anna', remote)])).toEqual([]);
  });
});
