/** Valid plans for tests, with invented people; the digests are well-formed, not true. */
import { fact } from '../../src/model/facts/fact.ts';
import { createHash } from 'node:crypto';
import type {
  AccountAttributes,
  Evidence,
  Exclusion,
  Fact,
  LimitFinding,
  OpenAccount,
  PlanBody,
  PlanFile,
  SourceSummary,
  Reason,
} from '../../src/model/schema/generated/plan.ts';
import { buildChange as addId, type Change, type ChangeContent } from '../../src/model/change/change.ts';

/** A plan without changes, 72 hours valid, over it `body`. */
export function buildPlan(body: Partial<PlanBody> = {}): PlanFile {
  const whole: PlanBody = {
    organisation: 'city-hospital',
    target: 'https://app.zivver.com/api/scim/v2',
    lineage: '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11',
    sequence: 12,
    parent: fakeDigest('parent'),
    createdAt: '2026-11-23T10:15:00.000Z',
    expiresAt: '2026-11-26T10:15:00.000Z',
    tool: 'zivver-gitops 0.1.0',
    bootstrap: false,
    configuration: fakeDigest('configuration'),
    desired: { digest: fakeDigest('desired'), users: 1240, functional: 61, written: 0, removed: 0, adopted: 0 },
    approval: { branch: 'main', distinctPeople: false, reviews: { forge: 'github', minimum: 1 }, signatures: null },
    sso: true,
    source: [buildSource()],
    existing: { users: 1251, activeUsers: 1209, functional: 64, managed: 1301, activeManaged: 1204 },
    limits: [],
    overTime: [],
    failedBefore: [],
    touchedBefore: [],
    notes: [],
    exclusions: [],
    open: [],
    accounting: { entries: noClasses(), managed: noClasses() },
    unmanaged: [],
    adopted: [],
    changes: [],
    sealed: null,
    ...body,
  };
  return { schema: 'zivver-gitops.plan/1', digest: fakeDigest(JSON.stringify(whole)), body: whole };
}

export function buildSource(summary: Partial<SourceSummary> = {}): SourceSummary {
  return {
    name: 'head-office',
    kind: 'ldap',
    server: 'dc1.hospital.example',
    baseDn: 'OU=Staff,DC=hospital,DC=example',
    entries: 1302,
    groups: 61,
    pages: 2,
    complete: true,
    previousEntries: 1305,
    ...summary,
  };
}

/** Parts of a change; whether they fit together is up to whoever gives them. */
export interface ChangeParts {
  readonly address: string;
  readonly action?: Change['action'];
  readonly kind?: Change['kind'];
  readonly key?: string | null;
  readonly zivverId?: string | null;
  readonly fullName?: string;
  readonly reason?: Reason;
  readonly evidence?: Evidence;
  readonly before?: AccountAttributes;
  readonly after?: AccountAttributes;
  readonly sealed?: boolean;
}

/** An update without differences, over it `change`; the id follows from the content. */
export function buildChange(change: ChangeParts): Change {
  const whole = {
    action: 'update',
    kind: 'user',
    key: fakeUuid(`key ${change.address}`),
    zivverId: change.action === 'create' ? null : fakeUuid(`zivver ${change.address}`),
    fullName: nameFrom(change.address),
    reason: 'attributes',
    evidence: buildEvidence({ entry: `CN=${nameFrom(change.address)},OU=Staff,DC=hospital,DC=example` }),
    before: {},
    after: {},
    sealed: false,
    ...change,
  };
  return addId(whole as ChangeContent);
}

export function buildCreation(
  address: string,
  after: AccountAttributes = {},
  change: Partial<ChangeParts> = {},
): Change {
  const { kind = 'user', key = fakeUuid(`key ${address}`), fullName = nameFrom(address) } = change;
  const state = kind === 'user' ? { active: true } : {};
  const whole = { address, fullName, ...state, externalAccountId: key, ...after };
  return buildChange({ action: 'create', reason: 'new', after: whole, sealed: kind === 'user', ...change, address });
}

export function buildSuspension(address: string, change: Partial<ChangeParts> = {}): Change {
  const states = { before: { active: true }, after: { active: false } };
  const said = { entry: `CN=${nameFrom(address)},OU=Care,OU=Staff,DC=hospital,DC=example` };
  const evidence = buildEvidence({ ...said, attribute: 'userAccountControl', value: '514' });
  return buildChange({ action: 'suspend', reason: 'disabled', evidence, ...states, ...change, address });
}

/** A suspension of somebody who is nowhere to be found. */
export function buildUnexplained(address: string, change: Partial<ChangeParts> = {}): Change {
  const evidence = buildEvidence({ lookup: 'nowhere', entry: null });
  return buildSuspension(address, { reason: 'unexplained', evidence, ...change });
}

export function buildDeletion(address: string, change: Partial<ChangeParts> = {}): Change {
  const evidence = buildEvidence({
    lookup: 'deleted',
    entry: `CN=${nameFrom(address)}\\0ADEL:5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11,CN=Deleted Objects,DC=hospital,DC=example`,
    attribute: 'isDeleted',
    value: 'TRUE',
  });
  const before = { address, fullName: change.fullName ?? nameFrom(address), active: true };
  return buildChange({ action: 'delete', reason: 'deleted', evidence, before, ...change, address });
}

export function buildEvidence(evidence: Partial<Evidence> = {}): Evidence {
  return { source: 'head-office', lookup: 'selection', entry: null, attribute: null, value: null, ...evidence };
}

export function buildLimit(limit: Partial<LimitFinding> & Pick<LimitFinding, 'rule'>): LimitFinding {
  return { subject: null, observed: 0, limit: 0, of: 1204, verdict: 'within', ...limit };
}

/** Some fact with this value. */
export function factAbout(value: string): Fact {
  return fact('not-claimed', { address: value });
}

export function buildExclusion(exclusion: Partial<Exclusion> & Pick<Exclusion, 'reason'>): Exclusion {
  return {
    source: 'head-office',
    subject: 'CN=Someone,OU=Staff,DC=hospital,DC=example',
    address: null,
    detail: factAbout('left.out@hospital.example'),
    ...exclusion,
  };
}

/** An account that stays as it is, new in this plan. */
export function buildOpen(open: Partial<OpenAccount> & Pick<OpenAccount, 'reason'>): OpenAccount {
  const address = open.address ?? 'someone@hospital.example';
  return {
    kind: 'user',
    key: open.entry === undefined ? fakeUuid(`key ${address}`) : null,
    zivverId: fakeUuid(`zivver ${address}`),
    address,
    fullName: nameFrom(address),
    source: 'head-office',
    entry: null,
    value: null,
    keepsAccess: false,
    since: '2026-11-23',
    isNew: true,
    evidence: null,
    claimant: null,
    detail: factAbout('open@hospital.example'),
    ...open,
  };
}

function noClasses(): PlanBody['accounting']['entries'] {
  return { equal: 0, changed: 0, open: 0, excluded: 0 };
}

/** `s.de-boer@…` → `S De Boer`. */
function nameFrom(address: string): string {
  const words = (address.split('@')[0] ?? '').split(/[._-]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

function fakeDigest(seed: string): string {
  return `sha256:${fakeHex(seed)}`;
}

function fakeUuid(seed: string): string {
  const hex = fakeHex(seed);
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function fakeHex(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}
