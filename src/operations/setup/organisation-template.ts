import { stringify } from 'yaml';
import type { ForgeKind } from '../../model/forge/forges.ts';

/** What `init` knows of an organisation; null = the line stays for people to fill in or take up. */
export interface OrganisationTemplate {
  readonly url: string;
  readonly domains: readonly string[];
  readonly source: SourceTemplate | null;
  /** Form of the single sign-on keys. */
  readonly sso: 'base64' | 'guid' | 'off';
  readonly administrators: readonly string[];
  /** What proves that a second person looked. */
  readonly approval: ApprovalTemplate;
  /** age public key. */
  readonly recipient: string;
  /** Id of the key that seals mobile numbers; null: they are shown. */
  readonly fingerprintKey: string | null;
}

export type ApprovalTemplate =
  | { readonly kind: 'people' | 'one' }
  | { readonly kind: 'signatures'; readonly minimum: number }
  | { readonly kind: 'reviews'; readonly minimum: number; readonly forge: ForgeKind };

export type SourceTemplate =
  | {
      readonly kind: 'ldap';
      readonly urls: readonly string[];
      readonly user: string;
      readonly baseDn: string;
      readonly query: string | null;
    }
  | { readonly kind: 'ldif'; readonly files: readonly string[]; readonly baseDn: string | null };

/** The commented organisation.yaml that `init` writes; valid as it is. Without a source it has one that must be edited. */
export function renderOrganisationFile(given: OrganisationTemplate): string {
  const base = baseOf(given.domains);
  return `# yaml-language-server: $schema=../../node_modules/zivver-gitops/schemas/organisation.schema.json
zivver:
  url: ${given.url}
  claimedDomains: [${given.domains.join(', ')}]   # other smtp addresses are left out and listed in the review

sources:
  - name: active-directory
${renderSource(given)}
    # filters:
    #   - include: { attribute: distinguishedName, values: ["OU=Staff,${base}"] }
    #   - exclude: { attribute: memberOf, values: [Zivver-no-account] }
    # mapping:
    #   email: [proxyAddresses, mail]             # in order: the first that has a usable value
    #   fullName: ["{givenName} {sn}", name]      # templates too; the first of which nothing is empty
    #   accountKey: objectGUID
    #   mobile: [mobile, otherMobile]
    #   sharedMailboxes: functional               # or exclude; their delegates become the members
    phoneRegion: NL
  # - name: by-hand                               # accounts that AD does not know: one file each in accounts/
  #   yaml: { folder: accounts }
  # - name: agency                                # or csv: { file: agency.csv }
  #   excel: { file: agency.xlsx, sheet: Temps }
  #   mapping: { email: E-mail, fullName: Name, accountKey: Staff no., active: Employed }

${renderSso(given.sso)}
users: { missing: suspend }                       # of accounts this tool manages; suspend, delete or keep
functional: { missing: keep }                     # empty, delete or keep

protected:
  administrators: [${given.administrators.join(', ')}]   # must exist in Zivver and stay active
${renderApproval(given.approval)}
plan: { expiresAfter: 72h }
secrets:
  recipients: [${given.recipient}]                # public key; only the apply job holds the identity
${renderSealing(given.fingerprintKey)}`;
}

function renderSealing(fingerprintKey: string | null): string {
  if (fingerprintKey === null)
    return '  # seal: [ssoKey, mobile]                       # keeps mobile numbers out of git; see: zivver-gitops key new fingerprint\n';
  return `  seal: [ssoKey, mobile]                          # mobile numbers are masked, with a fingerprint
  fingerprintKey: "${fingerprintKey}"                      # id of the key in ZIVVER_GITOPS_FINGERPRINT_KEY\n`;
}

/** `DC=company,DC=org`: the usual base DN of the first domain. */
export function baseOf([domain = 'company.org']: readonly string[]): string {
  return domain
    .split('.')
    .map((part) => `DC=${part}`)
    .join(',');
}

function renderSource({ source, domains }: OrganisationTemplate): string {
  if (source === null) return renderUnknownSource(domains);
  if (source.kind === 'ldif') {
    const base = source.baseDn === null ? '' : `\n      baseDn: ${scalar(source.baseDn)}`;
    return `    ldif:
      files: ${list(source.files)}   # beside this file${base}`;
  }
  const { urls, user, baseDn, query } = source;
  const startTls = urls.some((url) => url.startsWith('ldap://')) ? '\n      startTls: true' : '';
  const selection =
    query === null ? '    # query: (&(objectCategory=person)(objectClass=user))' : `    query: ${scalar(query)}`;
  return `    ldap:
      urls: ${list(urls)}   # tried in order; a second one confirms who is missing${startTls}
      user: ${scalar(user)}   # password in LDAP_PASSWORD
      baseDn: ${scalar(baseDn)}   # child OUs included
      # caFile: ad-ca.pem                         # certificate authority of your domain controllers
${selection}`;
}

function renderUnknownSource(domains: readonly string[]): string {
  const [domain = 'company.org'] = domains;
  const base = baseOf(domains);
  return `    ldap:
      urls: [ldaps://dc1.${domain}]               # tried in order; a second one confirms who is missing
      user: svc_zivver@${domain}                  # or DOMAIN\\user, or a DN; password in LDAP_PASSWORD
      baseDn: ${base}                             # child OUs included
      # caFile: ad-ca.pem                         # certificate authority of your domain controllers
    # query: (&(objectCategory=person)(objectClass=user)(memberOf=CN=ZivverUsers,CN=Users,${base}))`;
}

function renderSso(sso: OrganisationTemplate['sso']): string {
  if (sso === 'off')
    return 'sso: { enabled: false }                           # keyFormat: base64 or guid once it is on';
  return `sso: { enabled: true, keyFormat: ${sso} }         # guid for Entra ID; enabled: false without single sign-on`;
}

function renderApproval(approval: ApprovalTemplate): string {
  switch (approval.kind) {
    case 'people':
      return 'approval: { branch: main, distinctPeople: true }  # two people, as far as git knows; more proof: signatures: { minimum: 1 }';
    case 'signatures':
      return `approval: { branch: main, distinctPeople: true, signatures: { minimum: ${approval.minimum}, signers: signers.yaml } }`;
    case 'reviews':
      return `approval: { branch: main, distinctPeople: true, reviews: { forge: ${approval.forge}, minimum: ${approval.minimum} } }   # people other than the author`;
    case 'one':
      return 'approval: { branch: main, distinctPeople: false } # one pair of eyes is enough, and every review says so';
  }
}

function list(values: readonly string[]): string {
  return stringify(values, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}

function scalar(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
