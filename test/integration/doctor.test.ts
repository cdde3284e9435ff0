import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { checkSource, checkSourceText } from '../support/doctor-directory.ts';
import { summarise } from '../support/doctor-question.ts';

describeWithLab('the doctor against a real domain controller', () => {
  let lab: AdLab;
  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
  });
  afterAll(() => lab.stop());

  const examineLab = async (options: { user?: string; password?: string; lines?: string; source?: string } = {}) => {
    const { user = lab.user, password = lab.password, lines = '', source = '' } = options;
    const base = lines.includes('baseDn') ? '' : `baseDn: "OU=Staff,${lab.baseDn}",`;
    const ldap = `{ urls: ["${lab.url}"], user: ${JSON.stringify(user)}, ${base} caFile: ${JSON.stringify(lab.caFile)}, ${lines} }`;
    return checkSourceText(`{ name: ad, ldap: ${ldap}, ${source} }`, { environment: { LDAP_PASSWORD: password } });
  };

  it('finds nothing to complain of, and counts what the lab holds', async () => {
    const checks = await examineLab();
    expect(summarise(checks)).toEqual([]);
    expect(checks.filter(({ status }) => status === 'skipped')).toEqual([]);
    const staff = lab.manifest.people.filter(({ dn }) => dn.endsWith(`,OU=Staff,${lab.baseDn}`));
    expect(checks.find(({ id }) => id === 'source.entries')?.what).toContain(`${staff.length} people`);
  });

  it.each([
    ['COMPANY\\svc_disabled', 'ACCOUNT_DISABLED'],
    ['COMPANY\\svc_expired', 'ACCOUNT_EXPIRED'],
    ['COMPANY\\svc_must_change', 'PASSWORD_MUST_CHANGE'],
    ['COMPANY\\svc_locked', 'ACCOUNT_LOCKED'],
    ['COMPANY\\svc_workstation', 'LOGON_WORKSTATION'],
    ['COMPANY\\svc_hours', 'LOGON_HOURS'],
    ['svc_zivver', 'USER_NEEDS_DOMAIN'],
    ['COMPANY\\svc_zivver@company.org', 'USER_DOMAIN_SUPERFLUOUS'],
    ['company.org\\svc_zivver', 'USER_DOMAIN_FORM'],
    ['COMPANY\\nobody', 'WRONG_PASSWORD'],
  ])('explains why %s may not log in: %s', async (user, code) => {
    expect(summarise(await examineLab({ user }))).toEqual([`source.login failed ${code}`]);
  });

  it('explains a wrong password without showing it', async () => {
    const checks = await examineLab({ password: 'canary-password ' });
    expect(summarise(checks)).toEqual(['source.login failed WRONG_PASSWORD']);
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  it('names what is near a base DN that does not exist', async () => {
    const checks = await examineLab({ lines: `baseDn: "OU=Staf,${lab.baseDn}"` });
    expect(summarise(checks)).toEqual(['source.base failed BASE_MISSING']);
    expect(checks.flatMap(({ diagnosis }) => diagnosis?.details ?? []).join()).toContain(`OU=Staff,${lab.baseDn}`);
    expect(summarise(await examineLab({ lines: 'baseDn: "OU=Staff,DC=other,DC=org"' }))).toEqual([
      'source.base failed BASE_MISSING',
    ]);
  });

  it('finds groups that do not exist, attributes that do not exist, and filters without effect', async () => {
    const group = await examineLab({ source: `query: "(memberOf=CN=Nobody,${lab.baseDn})"` });
    expect(summarise(group)).toEqual(['source.query failed GROUP_MISSING']);
    expect(summarise(await examineLab({ source: 'query: "(&(mail=*)"' }))).toEqual([
      'source.query failed QUERY_INVALID',
    ]);
    const mapping = 'mapping: { mobile: extensionAtribute9, email: wWWHomePage }';
    const filters = 'filters: [{ exclude: { attribute: memberOf, values: [Nope] } }]';
    expect(summarise(await examineLab({ source: `${mapping}, ${filters}` }))).toEqual([
      'source.attribute failed ATTRIBUTE_EMPTY',
      'source.attribute warned ATTRIBUTE_UNKNOWN',
      'source.filters warned FILTER_WITHOUT_EFFECT',
      'source.accounts failed NO_ACCOUNTS',
    ]);
  });

  it('compares the page size with the real policy', async () => {
    expect(summarise(await examineLab({ lines: 'pageSize: 5000' }))).toEqual([
      'source.pageSize warned PAGE_SIZE_TOO_LARGE',
    ]);
  });

  it('tells ldaps on the port for plain LDAP, and an authority that is not trusted', async () => {
    const plain = lab.url.replace(':636', ':389');
    expect(summarise(await checkSource(`[${plain}]`, { caFile: lab.caFile }))).toEqual([
      'source.tls failed PLAIN_LDAP_PORT',
    ]);
    expect(summarise(await checkSource(`[${lab.url}]`))).toEqual(['source.tls failed TLS_UNTRUSTED']);
  });
});
