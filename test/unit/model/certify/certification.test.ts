import { factText } from '../../../../src/model/facts/fact.ts';
import { expect, it } from 'vitest';
import {
  formatCertification,
  isCertificationOverdue,
  parseCertification,
  type Certification,
} from '../../../../src/model/certify/certification.ts';
import { listCampaigns } from '../../../../src/model/certify/campaigns.ts';
import {
  listDecisions,
  listRefusals,
  listStillReading,
  type DatedCertification,
} from '../../../../src/model/certify/decisions.ts';
import { buildCertificationNotes } from '../../../../src/model/plan/certification-notes.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';
import { buildChange } from '../../../support/plan-builder.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const KEY = '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10';
const ANNA = '1b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a11';

function build(readers: Certification['readers'], more: Partial<Certification> = {}): Certification {
  const mailbox = { mailbox: 'complaints@company.org', key: KEY, kind: 'functional' as const, fullName: 'Complaints' };
  return { ...mailbox, started: '2026-12-01', due: '2027-01-31', readers, ...more };
}

const reader = (address: string, decision: 'keep' | 'remove' | 'question' | null, by: string | null = 'Vera') => ({
  reader: address,
  name: 'Anna',
  evidence: 'since 2026-11-01',
  decision,
  by: decision === null ? null : by,
});

const dated = (certification: Certification, campaign = '2027-01-31-functional'): DatedCertification => ({
  campaign,
  certification,
  decidedAt: '2026-12-10T09:00:00.000Z',
});

it('a file reads as it was written, whatever the directory calls people', () => {
  for (const name of HOSTILE_TEXTS) {
    const given = build([{ ...reader('anna@company.org', null), name, evidence: name }], {
      fullName: name,
      owner: name,
    });
    const read = parseCertification(formatCertification(given), 'file.yaml');
    expect(read.readers[0]).toEqual({
      reader: 'anna@company.org',
      name,
      evidence: name,
      decision: null,
      by: null,
      note: null,
    });
    expect(read).toMatchObject({ fullName: name, owner: name });
  }
});

it('a decision says whose it is, and nobody stands there twice', async () => {
  const text = formatCertification(build([reader('anna@company.org', null), reader('Anna@company.org', null)]));
  expect((await refusalOf(() => parseCertification(text, 'f.yaml'))).problems).toEqual([
    { where: expect.stringMatching(/^f\.yaml:\d+/), what: 'stands here twice' },
  ]);
  const unsigned = formatCertification(build([reader('anna@company.org', null)])).replace(
    'decision:\n',
    'decision: keep\n',
  );
  expect((await refusalOf(() => parseCertification(unsigned, 'f.yaml'))).problems[0]?.what).toContain('says nobody');
});

it('is late from the day after the last one, while somebody is undecided', () => {
  const open = build([reader('anna@company.org', null), reader('bram@company.org', 'keep')]);
  expect(isCertificationOverdue(open, new Date('2027-01-31T23:59:59Z'))).toBe(false);
  expect(isCertificationOverdue(open, new Date('2027-02-01T00:00:00Z'))).toBe(true);
  expect(isCertificationOverdue(build([reader('bram@company.org', 'keep')]), new Date('2027-02-01T00:00:00Z'))).toBe(
    false,
  );
  expect(listCampaigns([dated(open)], new Date('2027-02-01T00:00:00Z'))).toMatchObject([
    {
      campaign: '2027-01-31-functional',
      mailboxes: 1,
      keep: 1,
      undecided: 1,
      overdue: [{ mailbox: open.mailbox, undecided: 1 }],
    },
  ]);
});

it('a refusal stands until a later recertification keeps the reader; a question changes nothing', () => {
  const first = dated(build([reader('anna@company.org', 'remove'), reader('bram@company.org', 'remove')]));
  const later = (decision: 'keep' | 'question') =>
    dated(build([reader('anna@company.org', decision)], { started: '2027-06-01' }), '2027-07-31-functional');
  const standing = (...all: DatedCertification[]) => listRefusals(listDecisions(all)).map((one) => one.reader);
  expect(standing(first)).toEqual(['anna@company.org', 'bram@company.org']);
  expect(standing(later('keep'), first)).toEqual(['bram@company.org']);
  expect(standing(later('question'), first)).toEqual(['anna@company.org', 'bram@company.org']);
});

const refusals = listRefusals(
  listDecisions([dated(build([{ ...reader('anna@company.org', 'remove'), note: 'left the team' }]))]),
);
const mailbox = (members: string[]): DesiredAccount => ({
  kind: 'functional',
  key: KEY,
  address: 'complaints@company.org',
  fullName: 'Complaints',
  members,
});
const anna: DesiredAccount = {
  kind: 'user',
  key: ANNA,
  address: 'a.new@company.org',
  fullName: 'Anna',
  active: true,
  aliases: ['anna@company.org'],
};

it('who was refused is known by every address', () => {
  expect(listStillReading(refusals, [mailbox(['a.new@company.org']), anna])).toHaveLength(1);
  expect(listStillReading(refusals, [mailbox(['bram@company.org']), anna])).toEqual([]);
});

it('a plan that gives refused access again says so, and so does one that leaves it', () => {
  const accounts = [mailbox(['anna@company.org', 'bram@company.org'])];
  const change = (before: string[], after = ['anna@company.org', 'bram@company.org']) =>
    buildChange({
      action: 'update',
      kind: 'functional',
      key: KEY,
      address: 'complaints@company.org',
      before: { members: before },
      after: { members: after },
    });
  const notes = (changes: ReturnType<typeof change>[]) =>
    buildCertificationNotes({ refusals, accounts, changes }).map(factText);
  expect(notes([change(['bram@company.org'])])).toEqual([
    'anna@company.org gets access to complaints@company.org with this plan, and was refused at certification by Vera on 2026-12-10 (left the team).',
  ]);
  const renamed = buildCertificationNotes({
    refusals,
    accounts: [mailbox(['a.new@company.org']), anna],
    changes: [change([], ['a.new@company.org'])],
  });
  expect(renamed[0] && factText(renamed[0])).toMatch(/^anna@company\.org gets access/);
  expect(notes([change(['anna@company.org'])])).toEqual(notes([]));
  expect(notes([])).toEqual([
    'anna@company.org can still read complaints@company.org, and was refused at certification by Vera on 2026-12-10 (left the team). Take them out in Active Directory.',
  ]);
  expect(buildCertificationNotes({ refusals, accounts: [mailbox(['bram@company.org'])], changes: [] })).toEqual([]);
});
