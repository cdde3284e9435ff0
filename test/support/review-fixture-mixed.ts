/** A plan with every class of change, and the limits its fellows share. */
import { fact } from '../../src/model/facts/fact.ts';
import type { LimitFinding, PlanFile } from '../../src/model/schema/generated/plan.ts';
import type { Change } from '../../src/model/change/change.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildEvidence,
  buildExclusion,
  buildLimit,
  buildOpen,
  buildPlan,
  buildSuspension,
  buildUnexplained,
} from './plan-builder.ts';

export function buildMixed(): PlanFile {
  const changes = [...buildMixedRoutine(), ...buildMixedAccess(), ...buildMixedDestructive()];
  return buildPlan({
    approval: { branch: 'main', distinctPeople: false, reviews: { forge: 'github', minimum: 2 }, signatures: null },
    changes,
    limits: [
      ...buildCommonLimits(3, 2, 4),
      buildLimit({ rule: 'delete', observed: 1, limit: 1, of: 1301, verdict: 'overridden' }),
      buildLimit({ rule: 'sameAttribute', subject: 'division', observed: 5, limit: 240 }),
      buildLimit({ rule: 'membersRemoved', subject: 'info@hospital.example', observed: 1, limit: 3, of: 6 }),
    ],
    notes: [
      fact('of-source', {
        source: 'head-office',
        what: fact('domain-not-read', { domain: 'DC=lab,DC=hospital,DC=example' }),
      }),
    ],
    exclusions: [
      buildExclusion({
        reason: 'not-a-person',
        subject: 'CN=Printer 4,OU=Staff,DC=hospital,DC=example',
        detail: fact('not-a-person', { what: 'computer' }),
      }),
      buildExclusion({
        reason: 'not-a-person',
        subject: 'CN=Printer 5,OU=Staff,DC=hospital,DC=example',
        detail: fact('not-a-person', { what: 'computer' }),
      }),
    ],
    open: [
      buildOpen({
        reason: 'claimed',
        address: 'p.vis@hospital.example',
        entry: 'CN=P Vis,OU=Staff,DC=hospital,DC=example',
        key: '8a6e0804-2bd0-5672-b79d-d97027f9071a',
        keepsAccess: true,
        claimant: {
          key: '1b4e28ba-2fa1-51d2-883f-0016d3cca427',
          source: 'head-office',
          entry: 'CN=P Vis (new),OU=Staff,DC=hospital,DC=example',
          address: 'p.vis@hospital.example',
        },
        detail: fact('behind-it', {
          became: 'disabled',
          entry: 'CN=P Vis,OU=Staff,DC=hospital,DC=example',
          claimant: 'CN=P Vis (new),OU=Staff,DC=hospital,DC=example',
          address: 'p.vis@hospital.example',
        }),
      }),
      buildOpen({
        reason: 'alias-held',
        address: 'j.smit@hospital.example',
        value: 'smit@hospital.example',
        since: '2026-11-20',
        isNew: false,
        detail: fact('held', {
          address: 'smit@hospital.example',
          holder: 'o.smit@hospital.example',
          state: 'suspended',
        }),
      }),
      buildOpen({
        reason: 'no-key',
        address: null,
        fullName: null,
        zivverId: null,
        entry: 'CN=Nobody,OU=Staff,DC=hospital,DC=example',
        detail: fact('who-unknown', { why: fact('empty-or-unread', { attribute: 'objectGUID' }) }),
      }),
    ],
    unmanaged: [
      { kind: 'user', address: 'zivver-admin@hospital.example', active: true },
      { kind: 'functional', address: 'test@hospital.example', active: true },
      { kind: 'user', address: 'trainee1@hospital.example', active: false },
    ],
    desired: { ...buildPlan().body.desired, written: 19, removed: 1 },
    sealed: 'YWdlLWVuY3J5cHRpb24ub3JnL3YxCg==',
  });
}

function buildMixedDestructive(): Change[] {
  return [
    buildSuspension('s.de.boer@hospital.example', { fullName: 'Sanne de Boer' }),
    buildSuspension('t.mulder@hospital.example', {
      fullName: 'Thijs Mulder',
      reason: 'moved',
      evidence: buildEvidence({ lookup: 'domain', entry: 'CN=Thijs Mulder,OU=Leavers,DC=hospital,DC=example' }),
    }),
    buildSuspension('p.khan@hospital.example', {
      fullName: 'Parveen Khan',
      reason: 'filtered',
      evidence: buildEvidence({
        lookup: 'domain',
        entry: 'CN=Parveen Khan,OU=Staff,DC=hospital,DC=example',
        attribute: 'memberOf',
        value: 'CN=Zivver-no-account,OU=Groups,DC=hospital,DC=example',
      }),
    }),
    buildUnexplained('l.vermeer@hospital.example', { fullName: 'Lotte Vermeer' }),
    buildUnexplained('k.osei@hospital.example', { fullName: 'Kwame Osei' }),
    buildDeletion('r.prins@hospital.example', { fullName: 'Ruud Prins' }),
  ];
}

function buildMixedAccess(): Change[] {
  return [
    buildChange({
      address: 'info@hospital.example',
      kind: 'functional',
      fullName: 'Information desk',
      evidence: buildEvidence({ entry: 'CN=Information desk,OU=Groups,DC=hospital,DC=example' }),
      before: { members: ['a.bakker@hospital.example', 'r.prins@hospital.example'] },
      after: { members: ['a.bakker@hospital.example', 'h.nguyen@hospital.example', 'j.dekker@hospital.example'] },
    }),
    buildChange({
      address: 'director@hospital.example',
      fullName: 'Eva Brouwer',
      before: { delegates: [] },
      after: { delegates: ['j.dekker@hospital.example'] },
    }),
    buildChange({
      address: 'a.bakker@hospital.example',
      before: { aliases: ['planning@hospital.example'] },
      after: { aliases: [] },
    }),
    buildChange({
      address: 'o.visser@hospital.example',
      before: { aliases: [] },
      after: { aliases: ['planning@hospital.example'] },
    }),
    buildChange({
      address: 'e.jansen@hospital.example',
      fullName: 'Emma Jansen',
      reason: 'renamed',
      evidence: buildEvidence({
        entry: 'CN=Emma de Wit,OU=Staff,DC=hospital,DC=example',
        attribute: 'proxyAddresses',
        value: 'SMTP:e.de.wit@hospital.example',
      }),
      before: { address: 'e.jansen@hospital.example', fullName: 'Emma Jansen', aliases: [] },
      after: { address: 'e.de.wit@hospital.example', fullName: 'Emma de Wit', aliases: ['e.jansen@hospital.example'] },
    }),
    buildChange({
      address: 'night.shift@hospital.example',
      kind: 'functional',
      reason: 'handed-over',
      key: '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10',
      before: { externalAccountId: null },
      after: { externalAccountId: '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10' },
    }),
    buildChange({
      address: 'b.willems@hospital.example',
      action: 'reactivate',
      reason: 'returned',
      before: { active: false },
      after: { active: true },
    }),
  ];
}

function buildMixedRoutine(): Change[] {
  const moved = ['f.bos', 'g.smits', 'i.kok', 'n.peters', 'w.maas'].map((name) =>
    buildChange({
      address: `${name}@hospital.example`,
      before: { division: 'surgery-east' },
      after: { division: 'surgery' },
    }),
  );
  return [
    ...moved,
    buildChange({
      address: 'y.van.der.berg@hospital.example',
      fullName: 'Yara van der Berg',
      before: { fullName: 'Yara van der Berg', mobile: '+31611111111' },
      after: { fullName: 'Yara van den Berg', mobile: null },
    }),
    buildCreation(
      'm.yildiz@hospital.example',
      { mobile: '+31612345678', aliases: ['merve@hospital.example'] },
      { fullName: 'Merve Yıldız' },
    ),
    buildCreation('d.silva@hospital.example'),
    buildCreation('q.admin@hospital.example', {}, { sealed: false }),
    buildCreation(
      'ward-3@hospital.example',
      { members: ['d.silva@hospital.example'] },
      { kind: 'functional', sealed: false },
    ),
  ];
}

/** Counted and untouched guards of a hospital with 1,204 active users. */
export function buildCommonLimits(suspended: number, unexplained: number, created: number): LimitFinding[] {
  return [
    buildLimit({ rule: 'suspend', observed: suspended, limit: 60 }),
    buildLimit({ rule: 'unexplained', observed: unexplained, limit: 12 }),
    buildLimit({ rule: 'create', observed: created, limit: 125, of: 1251 }),
    buildLimit({ rule: 'ambiguous', observed: 0, limit: 10, of: 1302 }),
    buildLimit({ rule: 'sourceFloor', subject: 'head-office', observed: 1302, limit: 1175, of: 1305 }),
    buildLimit({ rule: 'emptyAttribute', subject: 'mobile' }),
    buildLimit({ rule: 'protected', of: 2 }),
    buildLimit({ rule: 'administrators', of: 1 }),
  ];
}
