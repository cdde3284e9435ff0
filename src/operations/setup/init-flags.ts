import { FORGE_KINDS, type ForgeKind } from '../../model/forge/forges.ts';
import type { OrganisationTemplate, SourceTemplate } from './organisation-template.ts';
import { HOURLY } from './pipelines/yaml-parts.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { faultOf, FLAG_NAMES, partsOf, type InitFlag, type InitFlags } from './init-fields.ts';

/** Everything `init` needs to know, valid. */
export interface InitAnswers {
  readonly organisation: string;
  readonly template: Omit<OrganisationTemplate, 'recipient' | 'fingerprintKey'>;
  readonly pipeline: {
    readonly kind: ForgeKind;
    readonly runner: string;
    readonly schedule: string;
    readonly owners: readonly string[];
  } | null;
}

const ZIVVER = 'https://app.zivver.com/api/scim/v2';

/** RFC 2254 rule of Active Directory: members of members too. */
const NESTED_MEMBER = 'memberOf:1.2.840.113556.1.4.1941:';

/** Throws CLI_USAGE with every flag that is missing or wrong. `isNew`: there is no organisation.yaml yet. */
export function parseInitFlags(flags: InitFlags, isNew: boolean): InitAnswers {
  const problems = [...findFaults(flags), ...findIdle(flags), ...missingFlags(flags, isNew).map(complainMissing)];
  if (problems.length > 0)
    throw new ReconcileError('CLI_USAGE', 'init cannot start with these answers; nothing was written', {
      remedy: 'Correct what is named, or run it in a terminal without these flags: it asks.',
      problems,
    });
  return { organisation: flags.organisation ?? '', template: buildTemplate(flags), pipeline: buildPipeline(flags) };
}

/** Flags without which there is no working organisation, given the other ones. */
export function missingFlags(flags: InitFlags, isNew: boolean): readonly InitFlag[] {
  const needed: InitFlag[] = ['organisation'];
  if (isNew) needed.push('domains');
  if (isNew && kindOf(flags) === 'ldap') needed.push('ldapUrls', 'ldapUser', 'baseDn');
  if (isNew && kindOf(flags) === 'ldif') needed.push('ldifFiles');
  if (flags.ci !== undefined && flags.ci !== 'none') needed.push('owners');
  return needed.filter((flag) => flags[flag] === undefined);
}

function complainMissing(flag: InitFlag): Problem {
  return { where: FLAG_NAMES[flag], what: 'is missing' };
}

/** Flags that change nothing with the other ones: whoever gives them believes otherwise. */
function findIdle(flags: InitFlags): Problem[] {
  const hasPipeline = flags.ci !== undefined && flags.ci !== 'none';
  const idle = hasPipeline ? [] : (['owners', 'runner', 'schedule'] as const);
  const problems: Problem[] = idle
    .filter((flag) => flags[flag] !== undefined)
    .map((flag) => ({ where: FLAG_NAMES[flag], what: 'is used with --ci only' }));
  const { approval = 'people', approvals } = flags;
  if (approvals !== undefined && approval !== 'signatures' && approval !== 'reviews')
    problems.push({ where: FLAG_NAMES.approvals, what: 'is used with --approval signatures or reviews only' });
  if (approval === 'reviews' && !hasPipeline)
    problems.push({ where: FLAG_NAMES.approval, what: 'reviews needs --ci: the forge where they are given' });
  return problems;
}

/** Flags that say what stands in organisation.yaml. */
export const TEMPLATE_FLAGS: readonly InitFlag[] = [
  ...(['url', 'domains', 'source', 'ldapUrls', 'ldapUser', 'baseDn', 'query', 'group'] as const),
  ...(['ldifFiles', 'sso', 'administrators', 'approval', 'approvals'] as const),
];

function findFaults(flags: InitFlags): Problem[] {
  const faults = (Object.keys(FLAG_NAMES) as InitFlag[]).flatMap((flag): Problem[] => {
    const text = flags[flag];
    const fault = text === undefined ? undefined : faultOf(flag, text);
    return fault === undefined ? [] : [{ where: FLAG_NAMES[flag], what: fault }];
  });
  if (flags.query !== undefined && flags.group !== undefined)
    faults.push({ where: FLAG_NAMES.group, what: 'and --query both select people: give one of them' });
  if (kindOf(flags) === 'ldif' && (flags.ldapUrls ?? flags.ldapUser ?? flags.query ?? flags.group) !== undefined)
    faults.push({ where: FLAG_NAMES.source, what: 'ldif knows no server, user, query or group' });
  return faults;
}

/** The flags of a kind of source tell the kind. */
function kindOf({ source, ldapUrls, ldapUser, baseDn, query, group, ldifFiles }: InitFlags): string | undefined {
  if (source !== undefined) return source;
  if (ldifFiles !== undefined) return 'ldif';
  return (ldapUrls ?? ldapUser ?? baseDn ?? query ?? group) === undefined ? undefined : 'ldap';
}

function buildTemplate(flags: InitFlags): InitAnswers['template'] {
  return {
    url: flags.url ?? ZIVVER,
    domains: partsOf(flags.domains ?? '').map((domain) => domain.toLowerCase()),
    source: buildSource(flags),
    sso: (flags.sso ?? 'base64') as OrganisationTemplate['sso'],
    administrators: partsOf(flags.administrators ?? '').map((address) => address.toLowerCase()),
    approval: buildApproval(flags),
  };
}

function buildApproval({ approval = 'people', approvals = '1', ci }: InitFlags): OrganisationTemplate['approval'] {
  const minimum = Number(approvals);
  const forge = FORGE_KINDS.find((one) => one === ci);
  if (approval === 'signatures') return { kind: approval, minimum };
  if (approval === 'reviews' && forge !== undefined) return { kind: approval, minimum, forge };
  return { kind: approval === 'one' ? 'one' : 'people' };
}

function buildSource(flags: InitFlags): SourceTemplate | null {
  const kind = kindOf(flags);
  if (kind === 'ldif')
    return { kind, files: partsOf(flags.ldifFiles ?? ''), baseDn: flags.baseDn === undefined ? null : flags.baseDn };
  if (kind !== 'ldap') return null;
  return {
    kind,
    urls: partsOf(flags.ldapUrls ?? ''),
    user: (flags.ldapUser ?? '').trim(),
    baseDn: (flags.baseDn ?? '').trim(),
    query: flags.query?.trim() ?? (flags.group === undefined ? null : queryByGroup(flags.group)),
  };
}

function queryByGroup(group: string): string {
  const value = group
    .trim()
    .replace(/[\\*()\0]/g, (special) => `\\${special.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `(&(objectCategory=person)(objectClass=user)(${NESTED_MEMBER}=${value}))`;
}

function buildPipeline({ ci, runner, owners, schedule }: InitFlags): InitAnswers['pipeline'] {
  const kind = FORGE_KINDS.find((one) => one === ci);
  if (kind === undefined) return null;
  return { kind, runner: runner ?? 'zivver-gitops', schedule: schedule ?? HOURLY, owners: partsOf(owners ?? '') };
}
