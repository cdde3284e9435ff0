import { expect, it } from 'vitest';
import { askInit, type Prompter } from '../../../../src/operations/setup/ask-init.ts';
import type { InitFlags } from '../../../../src/operations/setup/init-fields.ts';
import { parseInitFlags } from '../../../../src/operations/setup/init-flags.ts';
import { nextSteps, renderNextSteps } from '../../../../src/operations/setup/init-next-steps.ts';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { renderOrganisationFile } from '../../../../src/operations/setup/organisation-template.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';

const RECIPIENT = `age1${'q'.repeat(58)}`;
const GROUP = 'CN=Zivver (all),OU=Groups,DC=company,DC=org';

/** Gives these answers in order, and notes every question and every answer that was refused. */
function buildPrompter(answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const refused: string[] = [];
  const prompter: Prompter = {
    askText: async ({ message, initial, fault }) => {
      asked.push(message);
      for (;;) {
        const answer = left.shift();
        if (answer === undefined) throw new Error(`no answer to: ${message}`);
        const given = answer === '' ? initial : answer;
        const wrong = fault(given);
        if (wrong === undefined) return given;
        refused.push(wrong);
      }
    },
    choose: async ({ message, options }) => {
      asked.push(message);
      const answer = left.shift();
      if (!options.some(({ value }) => value === answer)) throw new Error(`${answer} is no option of: ${message}`);
      return answer ?? '';
    },
  };
  return { prompter, asked, refused, left };
}

function problemsOf(flags: InitFlags, isNew = true): string[] {
  try {
    parseInitFlags(flags, isNew);
    return [];
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    expect(error.code).toBe('CLI_USAGE');
    return error.problems.map(({ where, what }) => `${where} ${what}`);
  }
}

function configure(flags: InitFlags) {
  const { template } = parseInitFlags(flags, true);
  return parseConfiguration(
    renderOrganisationFile({ ...template, recipient: RECIPIENT, fingerprintKey: null }),
    'company',
    '/x',
  );
}

it('asks for everything, refuses a wrong answer at once, and makes a configuration that is valid', async () => {
  const { prompter, asked, refused, left } = buildPrompter([
    ...['Head Office', 'company'],
    ...['company', 'company.org, Company.NL'],
    ...['http://app.zivver.com/api/scim/v2', ''],
    'ldap',
    ...['dc1.company.org', 'ldaps://dc1.company.org, ldaps://dc2.company.org'],
    'COMPANY\\svc_zivver',
    ...['Staff', ''],
    ...['group', 'ZivverUsers', GROUP],
    'guid',
    ...['admin', 'Admin@company.org'],
    'github',
    ...['reviewers', '@company/reviewers'],
    '23 * * * 1-5',
    'reviews',
    ...['none', '2'],
  ]);
  const flags = await askInit({}, prompter, () => true);
  expect(left).toEqual([]);
  expect(refused).toHaveLength(9);
  expect(asked).toHaveLength(16);
  expect(asked.join(' ')).not.toMatch(/API key|password\?|identity/i);
  expect(configure(flags)).toMatchObject({
    target: { url: 'https://app.zivver.com/api/scim/v2', claimedDomains: ['company.org', 'company.nl'] },
    sources: [
      {
        ldap: {
          urls: ['ldaps://dc1.company.org', 'ldaps://dc2.company.org'],
          user: 'COMPANY\\svc_zivver',
          baseDn: 'DC=company,DC=org',
        },
        query:
          '(&(objectCategory=person)(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:=CN=Zivver \\28all\\29,OU=Groups,DC=company,DC=org))',
      },
    ],
    sso: { enabled: true, keyFormat: 'guid' },
    protected: { administrators: ['admin@company.org'] },
    approval: { branch: 'main', distinctPeople: true, reviews: { forge: 'github', minimum: 2 } },
  });
  expect(parseInitFlags(flags, true).pipeline).toEqual({
    kind: 'github',
    runner: 'zivver-gitops',
    schedule: '23 * * * 1-5',
    owners: ['@company/reviewers'],
  });
});

it('asks only for what no flag tells, and of an organisation that exists nothing but the owners of its pipelines', async () => {
  const first = buildPrompter(['ldif', 'people.ldif', 'off', '', 'none', 'signatures', '2']);
  const flags = await askInit(
    { organisation: 'company', domains: 'company.org', url: 'https://zivver.example' },
    first.prompter,
    () => true,
  );
  expect(first.asked).toHaveLength(7);
  expect(configure(flags)).toMatchObject({
    sources: [{ ldif: { files: ['people.ldif'] } }],
    sso: { enabled: false },
    approval: { distinctPeople: true, signatures: { minimum: 2 }, reviews: null },
  });
  const second = buildPrompter(['@company/reviewers', '23 4 * * 1-5']);
  await askInit({ organisation: 'company', ci: 'gitlab' }, second.prompter, () => false);
  expect(second.asked).toHaveLength(2);
  const third = buildPrompter([]);
  expect(await askInit({ organisation: 'company' }, third.prompter, () => false)).toEqual({ organisation: 'company' });
});

it.each<[InitFlags, string[]]>([
  [{}, ['ORGANISATION is missing', '--domains is missing']],
  [{ organisation: 'company' }, ['--domains is missing']],
  [
    { organisation: 'company', domains: 'a.org', source: 'ldap', ldapUrls: 'ldaps://dc1' },
    ['--ldap-user is missing', '--base-dn is missing'],
  ],
  [{ organisation: 'company', domains: 'a.org', baseDn: 'DC=a' }, ['--ldap-urls is missing', '--ldap-user is missing']],
  [{ organisation: 'company', domains: 'a.org', source: 'ldif' }, ['--ldif-files is missing']],
  [{ organisation: 'company', domains: 'a.org', ci: 'github' }, ['--owners is missing']],
  [
    { organisation: 'company', domains: 'a.org', ldifFiles: 'a.ldif', group: GROUP },
    ['--source ldif knows no server, user, query or group'],
  ],
])('without a terminal %j names every flag that is missing', (flags, problems) => {
  expect(problemsOf(flags)).toEqual(problems);
});

it.each<[InitFlags, RegExp]>([
  [{ organisation: 'Bad Name' }, /^ORGANISATION must be lower-case/],
  [{ domains: 'a.org,bad_domain' }, /^--domains bad_domain is not a domain/],
  [{ url: 'http://app.zivver.com' }, /^--url is refused: .*https/],
  [{ ldapUrls: 'ldaps://a, ldap://b' }, /^--ldap-urls must all be/],
  [{ baseDn: 'OU=Staff,DC' }, /^--base-dn is refused/],
  [{ query: '(&(mail=*)' }, /^--query is refused/],
  [{ sso: 'maybe' }, /^--sso must be one of base64, guid, off$/],
  [{ administrators: 'admin' }, /^--administrators admin is not an e-mail address/],
  [{ approvals: '0' }, /^--approvals must be a number/],
  [{ ci: 'jenkins' }, /^--ci must be one of github, gitlab, forgejo, azure, none$/],
  [{ url: 'https://app.zivver.com/api/scim/v2https://zivver.company.org' }, /^--url holds two addresses/],
  [{ baseDn: 'DC=company,DC=orgDC=or' }, /^--base-dn has no comma between/],
  [{ schedule: 'daily' }, /^--schedule must be five fields of cron/],
  [{ runner: 'lan' }, /^--runner is used with --ci only/],
  [{ ci: 'gitlab', owners: '@a', approvals: '2' }, /^--approvals is used with --approval signatures or reviews only/],
  [{ approval: 'reviews' }, /^--approval reviews needs --ci/],
  [{ approval: 'nobody' }, /^--approval must be one of people, signatures, reviews, one$/],
  [{ owners: 'reviewers' }, /^--owners reviewers is not a team or login/],
  [{ runner: 'a b' }, /^--runner is not a label/],
])('%j is refused with what is wrong', (wrong, problem) => {
  const flags = { organisation: 'company', domains: 'a.org', source: 'later', ...wrong };
  expect(problemsOf(flags).filter((text) => problem.test(text))).toHaveLength(1);
});

it('ldap:// servers get StartTLS, and values that YAML would read otherwise are quoted', () => {
  const flags = {
    organisation: 'company',
    domains: 'a.org',
    ldapUrls: 'ldap://dc1.a.org',
    ldapUser: 'CN=svc: #1,DC=a',
    baseDn: 'OU=A #2,DC=a',
    query: "(&(cn=*: '#)(mail=*))",
  };
  const [source] = configure(flags).sources;
  expect(source).toMatchObject({
    ldap: { startTls: true, user: 'CN=svc: #1,DC=a', baseDn: 'OU=A #2,DC=a' },
    query: flags.query,
  });
});

const ABOUT = {
  identityFile: '/safe/company.age-identity',
  isLive: false,
  branch: 'main',
  isBranchThere: false,
};

it('ends with steps that name what was made and the commands to type', () => {
  const answers = parseInitFlags({ organisation: 'company', domains: 'a.org', ci: 'github', owners: '@a/b' }, true);
  const steps = nextSteps(answers, ABOUT);
  const text = renderNextSteps(steps, 200);
  expect(steps).toHaveLength(5);
  for (const part of [
    'git push -u origin HEAD:main',
    '/safe/company.age-identity',
    '.github/zivver-gitops-settings.md',
    'zivver-gitops --organisation company doctor',
    'zivver-gitops --organisation company plan --bootstrap',
  ])
    expect(text).toContain(part);
  expect(renderNextSteps(nextSteps(answers, { ...ABOUT, identityFile: null }), 200)).not.toContain('age-identity');
});

it('leads through a pull request where the branch is there, and says nothing of a first plan where one was applied', () => {
  const answers = parseInitFlags({ organisation: 'company', ci: 'gitlab', owners: '@a/b' }, false);
  const text = renderNextSteps(nextSteps(answers, { ...ABOUT, isBranchThere: true, isLive: true }), 200);
  expect(text).toContain('git switch -c zivver-gitops/set-up-company');
  expect(text).toContain('zivver-gitops --organisation company status');
  expect(text).not.toMatch(/first plan|--bootstrap/);
});
