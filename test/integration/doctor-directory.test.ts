import { afterEach, describe, expect, it } from 'vitest';
import {
  BASE,
  CONTEXT,
  checkSource,
  directory,
  examineUrl,
  formatTime,
  people,
  rootEntry,
  startDirectory,
  unit,
} from '../support/doctor-directory.ts';
import { statusOf, summarise } from '../support/doctor-question.ts';
import { asksFor } from '../support/ldap-filter.ts';
import type { LdapResponder, LdapResponderOptions } from '../support/ldap-responder.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close();
});

async function startResponder(options: Partial<LdapResponderOptions>): Promise<LdapResponder> {
  const responder = await startDirectory(options);
  open.push(responder);
  return responder;
}

describe('a login', () => {
  it.each([
    ['525', 'USER_UNKNOWN'],
    ['530', 'LOGON_HOURS'],
    ['531', 'LOGON_WORKSTATION'],
    ['532', 'PASSWORD_EXPIRED'],
  ])('refused with AD reason %s is %s, tried once', async (reason, code) => {
    const message = `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${reason}, v1db1`;
    const responder = await startResponder({ bind: { code: 49, message } });
    expect(summarise(await examineUrl(responder.url))).toContain(`source.login failed ${code}`);
    expect(responder.requests.filter(({ kind }) => kind === 'bind')).toHaveLength(1);
  });

  it('that the server takes only encrypted is PLAIN_LDAP_REFUSED', async () => {
    const responder = await startResponder({
      bind: { code: 8, message: 'BindSimple: Transport encryption required.' },
    });
    expect(summarise(await examineUrl(responder.url))).toContain('source.login failed PLAIN_LDAP_REFUSED');
  });

  it('without a password is not tried, and the network is tested all the same', async () => {
    const responder = await startResponder({});
    const checks = await examineUrl(responder.url, { environment: {} });
    expect(summarise(checks)[0]).toBe('source.secret failed PASSWORD_MISSING');
    expect([statusOf(checks, 'source.tls'), statusOf(checks, 'source.login')]).toEqual(['passed', 'skipped']);
    expect(responder.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
  });
});

describe('a directory', () => {
  it('that is well has no faults', async () => {
    expect(summarise(await examineUrl((await startResponder({})).url))).toEqual([]);
  });

  it('that is another kind of directory, not replicated, or an hour off is told so', async () => {
    const root = rootEntry({
      supportedCapabilities: [],
      isSynchronized: ['FALSE'],
      currentTime: [formatTime(-3_600_000)],
    });
    const responder = await startResponder({ entries: [root, ...directory.slice(1)] });
    expect(summarise(await examineUrl(responder.url))).toEqual([
      'source.ldap warned NOT_ACTIVE_DIRECTORY',
      'source.replication failed NOT_SYNCHRONIZED',
      'source.clock failed CLOCK_SKEW',
    ]);
  });

  it('whose base may be listed but not read is told so', async () => {
    const entries = directory.map((entry) => (entry.dn === BASE ? { dn: BASE, attributes: {} } : entry));
    const onSearch: LdapResponderOptions['onSearch'] = ({ base, scope }) =>
      base === BASE && scope === 'base' ? { entries: [{ dn: BASE, attributes: {} }] } : undefined;
    const responder = await startResponder({ entries, onSearch });
    expect(summarise(await examineUrl(responder.url))).toEqual(['source.base failed BASE_UNREADABLE']);
  });

  it('whose people may be listed but not read is told apart from one that has nobody', async () => {
    const bare = people.map(({ dn }) => ({ dn, attributes: {} }));
    const isBelowBase = ({ base, scope }: { base: string; scope: string }): boolean => base === BASE && scope === 'sub';
    const hidden = await startResponder({
      onSearch: (search) =>
        isBelowBase(search) ? { entries: asksFor(search.filter, 'objectclass', 'user') ? [] : bare } : undefined,
    });
    expect(summarise(await examineUrl(hidden.url))).toEqual(['source.entries failed NOT_READABLE']);
    const empty = await startResponder({ entries: directory.filter((entry) => !people.includes(entry)) });
    expect(summarise(await examineUrl(empty.url))).toEqual(['source.entries failed NOBODY_SELECTED']);
  });

  it('that sends smaller pages than asked for is a warning, by its policy or by its pages', async () => {
    const policy = `CN=Query-Policies,CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration,${CONTEXT}`;
    const limits = { objectClass: ['queryPolicy'], lDAPAdminLimits: ['MaxValRange=1500', 'MaxPageSize=1000'] };
    const entries = [
      rootEntry({ configurationNamingContext: [`CN=Configuration,${CONTEXT}`] }),
      ...directory.slice(1),
      unit(policy),
      { dn: `CN=Default Query Policy,${policy}`, attributes: limits },
    ];
    const told = await startResponder({ entries });
    const warning = ['source.pageSize warned PAGE_SIZE_TOO_LARGE'];
    expect(summarise(await examineUrl(told.url, {}, 'pageSize: 5000'))).toEqual(warning);
    const capped = await startResponder({
      onSearch: ({ base, page, attributes }) =>
        base === BASE && attributes.includes('1.1') && page?.cookie === ''
          ? { entries: people.slice(0, 2), cookie: 'more' }
          : undefined,
    });
    expect(summarise(await examineUrl(capped.url, {}, 'pageSize: 5000'))).toEqual(warning);
  });

  it.each([
    [1, 'QUERY_REFUSED'],
    [4, 'PAGE_SIZE_TOO_LARGE'],
    [11, 'QUERY_REFUSED'],
    [50, 'NOT_READABLE'],
    [51, 'READ_INCOMPLETE'],
  ])('that ends the search with result code %i is %s', async (code, diagnosis) => {
    const responder = await startResponder({
      onSearch: ({ filter, attributes }) =>
        asksFor(filter, 'objectcategory', 'person') && attributes.includes('mail') ? { code } : undefined,
    });
    expect(summarise(await examineUrl(responder.url))).toEqual([`source.entries failed ${diagnosis}`]);
  });
});

describe('a second server', () => {
  const other = (changes: Parameters<typeof rootEntry>[0]) => [rootEntry(changes), ...directory.slice(1)];
  const examineBoth = async (second: Partial<LdapResponderOptions>, first: Partial<LdapResponderOptions> = {}) => {
    const [one, two] = [await startResponder(first), await startResponder(second)];
    return { checks: await checkSource(`[${one.url}, ${two.url}]`), two };
  };

  it('is logged in to and compared with the first', async () => {
    const { checks } = await examineBoth({});
    expect(summarise(checks)).toEqual([]);
    expect(checks.filter(({ id }) => id === 'source.login')).toHaveLength(2);
    expect(checks.at(-1)).toMatchObject({ id: 'source.agreement', status: 'passed' });
  });

  it('that knows fewer people, or is the first one by another name, is a warning', async () => {
    const { checks } = await examineBoth({ entries: directory.slice(0, -1) });
    expect(summarise(checks)).toEqual(['source.agreement warned SERVERS_DISAGREE']);
    const same = other({ dsServiceName: [`CN=NTDS Settings,CN=DC1,${CONTEXT}`] });
    const { checks: twins } = await examineBoth({ entries: same }, { entries: same });
    expect(summarise(twins)).toEqual(['source.agreement warned SAME_SERVER']);
  });

  it('of another domain with the same name is a fault, since plan would refuse', async () => {
    const head = { ...unit(CONTEXT), attributes: { ...unit(CONTEXT).attributes, objectGUID: [Buffer.alloc(16, 9)] } };
    const entries = directory.map((entry) => (entry.dn === CONTEXT ? head : entry));
    expect(summarise((await examineBoth({ entries })).checks)).toEqual(['source.agreement failed SERVERS_DISAGREE']);
  });

  it('that refuses the login is a warning; one that the first refused is not tried on it', async () => {
    const refusal = { code: 49, message: 'comment: AcceptSecurityContext error, data 52e, v1db1' };
    expect(summarise((await examineBoth({ bind: refusal })).checks)).toEqual(['source.login warned WRONG_PASSWORD']);
    const { two } = await examineBoth({}, { bind: refusal });
    expect(two.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
  });
});
