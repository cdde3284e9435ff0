import type { Check } from '../../src/operations/doctor/check.ts';
import { checkLdapSource } from '../../src/operations/doctor/ldap/check-ldap-source.ts';
import { buildAuthority, issueCertificate } from './certificates.ts';
import { buildQuestion, type QuestionOptions } from './doctor-question.ts';
import type { ResponderEntry } from './ldap-directory.ts';
import { startLdapResponder, type LdapResponder, type LdapResponderOptions } from './ldap-responder.ts';
import { withFile } from './temporary-file.ts';

/** A small directory that the doctor examines, well unless a test says otherwise. */

export const CONTEXT = 'DC=company,DC=org';
export const BASE = `OU=Staff,${CONTEXT}`;
export const authority = buildAuthority('Company Test CA');
export const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
const certificate = issueCertificate(authority, ['localhost'], inDays(25));
const caFile = withFile('ca.pem', authority.certificate);

export function startDirectory(options: Partial<LdapResponderOptions> = {}): Promise<LdapResponder> {
  return startLdapResponder({ certificate, entries: directory, ...options });
}

export function examineUrl(url: string, options: QuestionOptions = {}, lines = ''): Promise<readonly Check[]> {
  return checkSource(`["${url}"]`, { ...options, lines });
}

export function checkSource(
  urls: string,
  { caFile: ca = caFile, lines = '', ...options }: QuestionOptions & { caFile?: string; lines?: string } = {},
): Promise<readonly Check[]> {
  const ldap = `{ urls: ${urls}, user: 'COMPANY\\svc', baseDn: "${BASE}", caFile: ${JSON.stringify(ca)}, ${lines} }`;
  return checkSourceText(`{ name: ad, ldap: ${ldap}, mapping: { delegates: none, mobile: none } }`, options);
}

export function checkSourceText(source: string, options: QuestionOptions): Promise<readonly Check[]> {
  const environment = options.environment ?? { LDAP_PASSWORD: 'secret' };
  const question = buildQuestion({ ...options, environment, sources: `[${source.replace(/,\s*}/g, ' }')}]` });
  const [configured] = question.configuration.sources;
  if (configured?.ldap === undefined) throw new Error('no source');
  return checkLdapSource(question, configured, configured.ldap);
}

export function rootEntry(more: ResponderEntry['attributes'] = {}): ResponderEntry {
  const attributes = {
    objectClass: ['top'],
    namingContexts: [CONTEXT, `CN=Configuration,${CONTEXT}`],
    defaultNamingContext: [CONTEXT],
    isSynchronized: ['TRUE'],
    currentTime: [formatTime(0)],
    supportedCapabilities: ['1.2.840.113556.1.4.800'],
    ...more,
  };
  return { dn: '', attributes };
}

export function formatTime(offsetMs: number): string {
  return `${new Date(Date.now() + offsetMs).toISOString().slice(0, 19).replace(/\D/g, '')}.0Z`;
}

export function unit(dn: string): ResponderEntry {
  return { dn, attributes: { objectClass: ['top', 'organizationalUnit'] } };
}

export const people = ['Jan', 'Els', 'Piet'].map((name, index): ResponderEntry => ({
  dn: `CN=${name},${BASE}`,
  attributes: {
    objectClass: ['top', 'person', 'user'],
    objectCategory: ['person'],
    objectGUID: [Buffer.alloc(16, index + 0x80)],
    name: [name],
    userAccountControl: ['512'],
    memberOf: [`CN=Everyone,${CONTEXT}`],
    proxyAddresses: [`SMTP:${name.toLowerCase()}@company.org`],
  },
}));

export const directory: readonly ResponderEntry[] = [
  rootEntry(),
  { dn: CONTEXT, attributes: { ...unit(CONTEXT).attributes, objectGUID: [Buffer.alloc(16, 0x55)] } },
  unit(BASE),
  {
    dn: `CN=Everyone,${CONTEXT}`,
    attributes: {
      objectClass: ['top', 'group'],
      objectCategory: ['group'],
      objectGUID: [Buffer.alloc(16, 0x99)],
      cn: ['Everyone'],
    },
  },
  ...people,
];
