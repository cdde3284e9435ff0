/** The commented organisation.yaml that `init` writes; valid as it is, with a source that must be edited. */
export function renderOrganisationFile(given: {
  url: string;
  domains: readonly string[];
  recipient: string;
  /** Id of the key that seals mobile numbers; null: they are shown. */
  fingerprintKey: string | null;
}): string {
  const [domain = 'company.org'] = given.domains;
  const base = domain
    .split('.')
    .map((part) => `DC=${part}`)
    .join(',');
  return `# yaml-language-server: $schema=../../node_modules/zivver-gitops/schemas/organisation.schema.json
zivver:
  url: ${given.url}
  claimedDomains: [${given.domains.join(', ')}]   # other smtp addresses are left out and listed in the review

sources:
  - name: active-directory
    ldap:
      urls: [ldaps://dc1.${domain}]               # tried in order
      user: svc_zivver@${domain}                  # or DOMAIN\\user, or a DN; password in LDAP_PASSWORD
      baseDn: ${base}                             # child OUs included
      # caFile: ad-ca.pem                         # certificate authority of your domain controllers
    # query: (&(objectCategory=person)(objectClass=user)(memberOf=CN=ZivverUsers,CN=Users,${base}))
    # filters:
    #   - include: { attribute: distinguishedName, values: ["OU=Staff,${base}"] }
    #   - exclude: { attribute: memberOf, values: [Zivver-no-account] }
    # mapping: { email: proxyAddresses, fullName: name, accountKey: objectGUID, mobile: mobile }
    phoneRegion: NL

sso: { enabled: true, keyFormat: base64 }         # guid for Entra ID; enabled: false without single sign-on
users: { missing: suspend }                       # of accounts this tool manages; suspend, delete or keep
functional: { missing: keep }                     # empty, delete or keep

protected:
  administrators: []                              # must exist in Zivver and stay active
approval: { branch: main }                        # github: { minimumApprovals: 1 } asks for reviews on GitHub too
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
