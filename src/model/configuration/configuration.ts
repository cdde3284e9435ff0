import { digestOf } from '../canonical.ts';
import type { ForgeKind } from '../forge/forges.ts';
import { FORGES } from '../forge/forges.ts';

import type { SignatureRule } from '../approval/signature-rule.ts';
import { findJoinFaults } from './join-faults.ts';
import { buildJoin, type JoinKey, joinKeysOf, type JoinRules, parseHours } from './join-rules.ts';
import { buildJoinRules, buildMappingRules, type MappingRules } from './mapping-rules.ts';
import { findSourceFaults } from './source-faults.ts';
import { ReconcileError, type Problem } from '../errors.ts';
import { buildLimits, type Limits } from './limits.ts';
import type { Handover, LimitOverride, Organisation, SourceConfiguration } from '../schema/generated/organisation.ts';
import { buildNotify, findNotifyFaults, type NotifyConfiguration } from '../notify/notify-configuration.ts';
import { findLedgerKeyFaults, type LedgerKey } from '../ledger/ledger-keys.ts';
import { buildSso, findSsoFaults, type SsoConfiguration } from './sso.ts';
import { findHandoverFaults } from './handover-faults.ts';
import { kindOf } from './source-kind.ts';
import { findDocumentFaults, parseYamlDocument, type YamlDocument } from '../schema/yaml-document.ts';

/** organisation.yaml with every default filled in. Durations in hours, limits in counts and per cent. */
export interface Configuration {
  /** Name of the folder under desired/. */
  readonly organisation: string;
  /** Absolute path of desired/<organisation>. File names in the configuration are relative to it. */
  readonly folder: string;
  /** SHA-256 of the bytes of organisation.yaml. */
  readonly digest: string;
  readonly target: { readonly url: string; readonly claimedDomains: readonly string[]; readonly caFile: string | null };
  readonly sources: readonly ConfiguredSource[];
  readonly sso: SsoConfiguration;
  readonly users: {
    readonly create: boolean;
    readonly update: boolean;
    readonly missing: 'suspend' | 'delete' | 'keep';
    readonly unmanaged: 'keep' | 'missing';
    readonly reactivate: boolean;
    /** Days that somebody who is found nowhere stays open before a suspension is planned. */
    readonly unexplainedAfterDays: number;
    /** Days before the end of an account that the review names it; 0: never. */
    readonly tellExpiringDays: number;
  };
  readonly functional: {
    readonly create: boolean;
    readonly update: boolean;
    readonly missing: 'empty' | 'delete' | 'keep';
  };
  readonly handovers: readonly Handover[];
  readonly limits: Limits;
  readonly overrides: readonly LimitOverride[];
  readonly protected: { readonly addresses: readonly string[]; readonly administrators: readonly string[] };
  readonly approval: {
    readonly branch: string;
    /** Null: the branches of this clone decide. */
    readonly gitRemote: string | null;
    /** Somebody else merges a plan than its author, where neither signatures nor reviews are asked for. */
    readonly distinctPeople: boolean;
    /** Addresses under which machines commit. */
    readonly bots: readonly string[];
    /** Null: no reviews are asked for. */
    readonly reviews: ReviewConfiguration | null;
    /** Null: no signatures are asked for. */
    readonly signatures: SignatureRule | null;
  };
  /** With which the apply job signs; those that ended too. */
  readonly ledgerKeys: readonly LedgerKey[];
  /** Null: nobody is told. */
  readonly notify: NotifyConfiguration | null;
  readonly expiresAfterHours: number;
  /** age public keys. */
  readonly recipients: readonly string[];
  /** Id of the key that seals mobile numbers; null: they are shown in clear. */
  readonly fingerprintKey: string | null;
}

export interface ReviewConfiguration {
  readonly forge: ForgeKind;
  /** As the forge names it; null: as the URL of the git remote, or the job, says. */
  readonly repository: string | null;
  /** Without a slash at the end; null: GitHub’s own, or as the job says. */
  readonly apiUrl: string | null;
  readonly minimum: number;
}

export type ConfiguredSource = Omit<SourceConfiguration, 'mapping' | 'phoneRegion'> & {
  readonly mapping: MappingRules;
  readonly phoneRegion: string;
  /** Null: it has people of its own. */
  readonly join: JoinRules | null;
  /** By what tables add properties to its people. */
  readonly joinedBy: readonly JoinKey[];
  /** Attribute with the country of each person, which goes before phoneRegion; null: none. */
  readonly countryAttribute: string | null;
};

/** Text of organisation.yaml → configuration. `folder` is where its relative file names start. */
export function parseConfiguration(text: string, organisation: string, folder: string): Configuration {
  const file = `desired/${organisation}/organisation.yaml`;
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? [...findDocumentFaults(parsed.document, 'organisation')] : [...parsed.problems];
  if (parsed.ok && problems.length === 0) problems.push(...findContradictions(parsed.document));
  if (!parsed.ok || problems.length > 0) {
    throw new ReconcileError(
      'CONFIGURATION_INVALID',
      `${file} has ${problems.length} fault${problems.length === 1 ? '' : 's'}`,
      {
        remedy:
          'Correct the lines named above; every key stands in schemas/organisation.schema.json, and for people in .github/docs/organisation.md beside it.',
        problems,
      },
    );
  }
  return buildConfiguration(parsed.document.data as Organisation, { text, organisation, folder });
}

function buildConfiguration(
  data: Organisation,
  at: { text: string; organisation: string; folder: string },
): Configuration {
  return {
    organisation: at.organisation,
    folder: at.folder,
    digest: digestOf(at.text),
    target: {
      url: data.zivver.url.replace(/\/+$/, ''),
      claimedDomains: data.zivver.claimedDomains,
      caFile: data.zivver.caFile ?? null,
    },
    sources: data.sources.map((source) => ({
      ...source,
      mapping: buildSourceRules(source, data),
      join: buildJoin(source),
      joinedBy: joinKeysOf(source.name, data.sources),
      ...buildRegion(source.phoneRegion),
    })),
    sso: buildSso(data.sso),
    users: buildUsers(data.users),
    functional: { create: true, update: true, missing: 'keep', ...data.functional },
    handovers: data.handovers ?? [],
    limits: buildLimits(data.limits ?? {}),
    overrides: data.overrides ?? [],
    protected: { addresses: data.protected?.addresses ?? [], administrators: data.protected?.administrators ?? [] },
    approval: {
      branch: data.approval?.branch ?? 'main',
      gitRemote: data.approval?.gitRemote === 'none' ? null : (data.approval?.gitRemote ?? 'origin'),
      distinctPeople: data.approval?.distinctPeople ?? false,
      bots: data.approval?.bots ?? [],
      reviews: buildReviews(data.approval?.reviews),
      signatures: buildSignatures(data.approval?.signatures),
    },
    ledgerKeys: data.ledger?.keys ?? [],
    notify: buildNotify(data.notify),
    expiresAfterHours: parseHours(data.plan?.expiresAfter ?? '72h'),
    recipients: data.secrets?.recipients ?? [],
    fingerprintKey: data.secrets?.seal?.includes('mobile') ? (data.secrets.fingerprintKey ?? null) : null,
  };
}

/** Delegates that a table gives do not come from the directory as well. */
function buildSourceRules(source: SourceConfiguration, { sources: all, sso }: Organisation): MappingRules {
  const { mapping, joins, name } = source;
  if (joins !== undefined) return buildJoinRules(mapping);
  const isGiven = all.some((other) => other.joins === name && other.gives?.includes('delegates') === true);
  return buildMappingRules(isGiven ? { ...mapping, delegates: 'none' } : mapping, kindOf(source), sso?.key ?? null);
}

function buildRegion(
  given: SourceConfiguration['phoneRegion'],
): Pick<ConfiguredSource, 'phoneRegion' | 'countryAttribute'> {
  if (typeof given !== 'object') return { phoneRegion: given ?? 'NL', countryAttribute: null };
  return { phoneRegion: given.otherwise ?? 'NL', countryAttribute: given.attribute };
}

function buildUsers({
  unexplainedAfter = '0d',
  tellExpiring = '7d',
  ...given
}: NonNullable<Organisation['users']> = {}): Configuration['users'] {
  const defaults = { create: true, update: true, missing: 'suspend', unmanaged: 'keep', reactivate: true } as const;
  const days = {
    unexplainedAfterDays: Number.parseInt(unexplainedAfter, 10),
    tellExpiringDays: Number.parseInt(tellExpiring, 10),
  };
  return { ...defaults, ...given, ...days };
}

function buildReviews(given: NonNullable<Organisation['approval']>['reviews']): ReviewConfiguration | null {
  if (given === undefined) return null;
  const { forge, repository = null, apiUrl, minimum = 1 } = given;
  return { forge, repository, apiUrl: apiUrl?.replace(/\/+$/, '') ?? null, minimum };
}

function buildSignatures(given: NonNullable<Organisation['approval']>['signatures']): SignatureRule | null {
  if (given === undefined) return null;
  const rules = given.rules ?? [];
  return {
    minimum: given.minimum ?? 1,
    rules: rules.map((rule) => ({ for: rule.for, minimum: rule.minimum ?? 1, role: rule.role ?? null })),
  };
}

/** Rules between keys that a JSON schema cannot say readably. */
function findContradictions(document: YamlDocument): Problem[] {
  const data = document.data as Organisation;
  const problems: Problem[] = [];
  const complain = (pointer: string, what: string): void =>
    void problems.push({ where: document.whereIs(pointer), what });
  const names = new Set<string>();
  data.sources.forEach((source, index) => {
    const pointer = `/sources/${index}`;
    if (names.has(source.name)) complain(`${pointer}/name`, `two sources are named ${source.name}`);
    names.add(source.name);
    findSourceFaults(source, (below, what) => complain(`${pointer}${below}`, what));
    findJoinFaults(source, data.sources, (below, what) => complain(`${pointer}${below}`, what));
  });
  problems.push(...findHandoverFaults(document));
  findLedgerKeyFaults(data.ledger?.keys ?? [], (below, what) => complain(`/ledger/keys${below}`, what));
  findSsoFaults(data, complain);
  findNotifyFaults(data.notify, complain);
  const { seal = [], recipients, fingerprintKey } = data.secrets ?? {};
  if (seal.includes('mobile') && (recipients === undefined || fingerprintKey === undefined))
    complain(
      '/secrets',
      'to seal mobile numbers needs recipients, and fingerprintKey (zivver-gitops key new fingerprint)',
    );
  if (!data.zivver.url.startsWith('https://') && !isLoopbackUrl(data.zivver.url))
    complain('/zivver/url', 'must be an https:// address (http:// only for a sandbox on this machine)');
  const { forge, repository, apiUrl } = data.approval?.reviews ?? {};
  if (forge !== undefined && repository !== undefined && !FORGES[forge].repositoryName.test(repository))
    complain('/approval/reviews/repository', `is not how ${FORGES[forge].name} names a repository`);
  if (apiUrl !== undefined && !URL.canParse(apiUrl)) complain('/approval/reviews/apiUrl', 'is not a URL');
  else if (apiUrl?.startsWith('http://') && !isLoopbackUrl(apiUrl))
    complain('/approval/reviews/apiUrl', 'http:// would send the token unencrypted; use https://');
  data.overrides?.forEach(({ reason }, index) => {
    if (!saysSomething(reason)) complain(`/overrides/${index}/reason`, 'says nothing: write why this is right');
  });
  return problems;
}

/** The review shows it to whoever must decide: dots or one letter again and again tell them nothing. */
function saysSomething(reason: string): boolean {
  const letters = new Set(reason.toLowerCase().match(/\p{L}/gu));
  return reason.replace(/\s/g, '').length >= 6 && letters.size >= 4;
}

/** True for plain http to this very computer. */
export function isLoopbackUrl(url: string): boolean {
  return /^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$)/.test(url);
}
