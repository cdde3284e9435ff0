import { FORGE_KINDS, FORGES } from '../../model/forge/forges.ts';
import { baseOf } from './organisation-template.ts';
import { HOURLY } from './pipelines/yaml-parts.ts';
import { faultOf, partsOf, type InitFlag, type InitFlags } from './init-fields.ts';

/** Asks people at a terminal. Both throw CLI_USAGE if they go away. */
export interface Prompter {
  /** Asks again until `fault` finds none. */
  readonly askText: (question: TextQuestion) => Promise<string>;
  readonly choose: (question: Choice) => Promise<string>;
}

export interface TextQuestion {
  readonly message: string;
  /** Shown in grey. */
  readonly example: string;
  /** Taken if people just press Enter; what they type takes its place. */
  readonly initial: string;
  readonly fault: (text: string) => string | undefined;
}

export interface Choice {
  readonly message: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The flags that were given, and for those that were not, the answers of people. Never asks for a secret. */
export async function askInit(
  given: InitFlags,
  prompter: Prompter,
  isNew: (organisation: string) => boolean,
): Promise<InitFlags> {
  const flags: { -readonly [Flag in InitFlag]?: string } = { ...given };
  const ask: Asking['ask'] = async (flag, message, { example = '', initial = '' }) => {
    flags[flag] ??= await prompter.askText({ message, example, initial, fault: (text) => faultIn(flag, text) });
  };
  const choose = async (flag: InitFlag, message: string, options: Choice['options']): Promise<void> => {
    flags[flag] ??= await prompter.choose({ message, options });
  };
  await ask('organisation', 'Short name of the organisation (its folder under desired/)', { example: 'head-office' });
  if (isNew(flags.organisation ?? '')) {
    await ask('domains', 'E-mail domains that are claimed in Zivver', { example: 'company.org, company.nl' });
    await ask('url', 'Address of Zivver’s SCIM API', { initial: 'https://app.zivver.com/api/scim/v2' });
    await choose('source', 'Where do the accounts come from?', SOURCES);
    if (flags.source === 'ldap') await askLdap(flags, { ask, prompter });
    if (flags.source === 'ldif')
      await ask('ldifFiles', 'Files, relative to organisation.yaml', { example: 'people.ldif, groups.ldif' });
    await choose('sso', 'Do people log in to Zivver with single sign-on?', SSO);
    await askOptional(flags, prompter);
    await choose('ci', 'Where will plan, review and apply run?', PIPELINES);
  }
  if (flags.ci !== undefined && flags.ci !== 'none') {
    const example = FORGES[FORGE_KINDS.find((kind) => kind === flags.ci) ?? 'github'].ownerExample;
    await ask('owners', 'Who must review plans and configuration?', { example });
    await choose(
      'schedule',
      'When are plans made? (UTC; a plan that says the same as the open one changes nothing)',
      SCHEDULES,
    );
  }
  if (isNew(flags.organisation ?? '')) {
    const isOnForge = flags.ci !== undefined && flags.ci !== 'none';
    await choose('approval', 'What proves that a second person looked at a plan?', approvalsFor(isOnForge));
    if (flags.approval === 'signatures' || flags.approval === 'reviews')
      await ask('approvals', 'How many people, other than who made it, must approve each plan?', { initial: '1' });
  }
  return flags;
}

interface Asking {
  readonly ask: (flag: InitFlag, message: string, hint: { example?: string; initial?: string }) => Promise<void>;
  readonly prompter: Prompter;
}

async function askLdap(flags: { -readonly [Flag in InitFlag]?: string }, { ask, prompter }: Asking): Promise<void> {
  const domains = partsOf(flags.domains ?? '');
  const base = baseOf(domains);
  await ask('ldapUrls', 'Domain controllers, tried in order', {
    example: `ldaps://dc1.${domains[0] ?? 'company.org'}`,
  });
  await ask('ldapUser', 'User that reads Active Directory (view-only is enough; no password here)', {
    example: 'COMPANY\\svc_zivver',
  });
  await ask('baseDn', 'Base DN; child OUs are included', { initial: base });
  if (flags.group !== undefined || flags.query !== undefined) return;
  const selection = await prompter.choose({ message: 'Who gets an account?', options: SELECTIONS });
  if (selection === 'group') await ask('group', 'DN of the group', { example: `CN=ZivverUsers,CN=Users,${base}` });
  if (selection === 'query') await ask('query', 'The LDAP query', { example: '(&(objectClass=user)(mail=*))' });
}

async function askOptional(flags: { -readonly [Flag in InitFlag]?: string }, prompter: Prompter): Promise<void> {
  flags.administrators ??= await prompter.askText({
    message: 'Administrators in Zivver, who must stay active (Enter for none)',
    example: 'admin@company.org',
    initial: '',
    fault: (text) => faultIn('administrators', text),
  });
}

function faultIn(flag: InitFlag, text: string): string | undefined {
  return faultOf(flag, text)?.replace(/^(?=must |is |names )/, 'It ');
}

const SOURCES = [
  { value: 'ldap', label: 'Active Directory, read live over LDAPS' },
  { value: 'ldif', label: 'Active Directory, exported to LDIF files' },
  { value: 'later', label: 'Excel, CSV or by hand: I will write it into organisation.yaml' },
];

const SELECTIONS = [
  { value: 'group', label: 'The members of a group, and of groups in it' },
  { value: 'query', label: 'Whoever an LDAP query finds' },
  { value: 'everybody', label: 'Every person under the base DN' },
];

const SSO = [
  { value: 'base64', label: 'Yes, and the key is objectGUID in base64 (AD FS)' },
  { value: 'guid', label: 'Yes, and the key is objectGUID as a GUID (Entra ID)' },
  { value: 'off', label: 'No' },
];

function approvalsFor(isOnForge: boolean): Choice['options'] {
  return [
    { value: 'people', label: 'Another person merges it than who made it, as far as git knows' },
    { value: 'signatures', label: 'Signatures with SSH keys, which the ledger keeps and anybody can verify' },
    ...(isOnForge
      ? [{ value: 'reviews', label: 'Approving reviews, as the forge says at the moment of the apply' }]
      : []),
    { value: 'one', label: 'Nothing: one pair of eyes is enough' },
  ];
}

const SCHEDULES = [
  { value: HOURLY, label: 'Every hour on working days: who leaves waits for people, not for the clock' },
  { value: '23 4-18/2 * * 1-5', label: 'Every two hours of the day, on working days' },
  { value: '23 4 * * 1-5', label: 'Once on working days, at 04:23' },
];

const PIPELINES = [
  ...FORGE_KINDS.map((kind) => ({ value: kind, label: FORGES[kind].pipelines })),
  { value: 'none', label: 'By hand, or I decide later' },
];
