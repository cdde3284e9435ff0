import { fact } from '../../../../src/model/facts/fact.ts';
import { expect, it } from 'vitest';
import { applyJoins } from '../../../../src/model/mapping/apply-joins.ts';
import { buildContext } from '../../../../src/model/mapping/person-context.ts';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { buildExclusion } from '../../../support/plan-builder.ts';
import { renderNoChanges } from '../../../../src/operations/planning/no-changes.ts';

const CONFIGURATION = `
zivver: { url: https://x.example/scim, claimedDomains: [company.org] }
sources:
  - { name: ad, ldif: { files: [a.ldif] } }
  - name: rights
    csv: { file: rights.csv }
    joins: ad
    by: address
    gives: [delegates]
    mapping: { match: Mailbox, delegates: Who }
`;

it('"No changes" tells of a table that is missing', () => {
  const configuration = parseConfiguration(CONFIGURATION, 'org', '/desired/org');
  const configured = configuration.sources[1];
  const join = configured?.join;
  if (configured === undefined || join === null || join === undefined) throw new Error('no join');
  const context = buildContext(configured, configuration, new Date('2026-11-30T12:00:00Z'));
  const nothing = { selected: [], groups: [], pages: 0, warnings: [], baseDn: '' };
  const snapshot = {
    name: 'rights',
    kind: 'csv',
    server: 'rights.csv',
    ...nothing,
    absent: fact('file-missing'),
  } as const;
  const { notes } = applyJoins([], [{ source: { configured, snapshot, lookedUp: [] }, join, context }]);
  expect(notes).toMatchObject([{ says: 'source-not-used' }]);
  const told = renderNoChanges({ open: [], exclusions: [], notes: [...notes] }, { width: 200, color: false });
  expect(told).toContain('the file does not exist');
});

it('says how many entries are left out, not which values', () => {
  const exclusions = (['no-address', 'not-a-person', 'mobile-unusable'] as const).map((reason) =>
    buildExclusion({ reason }),
  );
  const told = renderNoChanges({ open: [], exclusions, notes: [] }, { width: 200, color: false });
  expect(told).toBe(
    'No changes: Zivver is as the source wants it.\n2 entries of the sources are left out: zivver-gitops preview says why.',
  );
});
