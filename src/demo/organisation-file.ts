import { CARE, CLINIC, DOMAIN, OFFICE, STAFF_DN, BASE_DN } from './hospital.ts';

/** OUs that must exist in Zivver. */
export const DIVISIONS = ['care', 'clinic', 'office'] as const;

/** organisation.yaml of the invented hospital, with comments for whoever writes their own after it. */
export function renderOrganisationExample({ url, recipient }: { url: string; recipient: string }): string {
  return `# yaml-language-server: $schema=../../schemas/organisation.schema.json
# Lindenhof, an invented hospital. Every key is explained in schemas/organisation.schema.json; an editor that knows
# YAML schemas shows it. No secret ever stands here: the API key comes from ZIVVER_API_KEY, passwords likewise.

zivver:
  # A sandbox on this machine. The real one is https://app.zivver.com/api/scim/v2
  url: ${url}
  # Only addresses in these domains get an account; others are left out and listed in the review.
  claimedDomains: [${DOMAIN}]

${renderSources()}

# Single sign-on: every account gets the key that AD FS sends. In plans it is sealed to the recipients below.
sso: { enabled: true, keyFormat: base64 }

users: { missing: suspend } # never delete: a suspension can be undone
functional: { missing: keep }

# Limits are at their defaults: 5 suspensions or 5 %, 2 unexplained absences or 1 %, no deletion, 25 new accounts or
# 10 % … A plan beyond them is refused; there is no --force.

protected:
  addresses: [info@${DOMAIN}] # no plan may suspend, delete or rename these
  administrators: [w.bos@${DOMAIN}] # must exist in Zivver and stay active, or nothing is applied

approval: { branch: main } # a merge into this branch is the approval
plan: { expiresAfter: 72h }

secrets:
  # age public key. Only the apply job holds the identity (ZIVVER_GITOPS_IDENTITY) that opens what is sealed to it.
  recipients: [${recipient}]
`;
}

function renderSources(): string {
  return `sources:
  - name: active-directory
    # An export, so that the example needs no domain controller. Live it would be:
    #   ldap:
    #     urls: [ldaps://dc1.${DOMAIN}, ldaps://dc2.${DOMAIN}]   # tried in order
    #     user: svc_zivver@${DOMAIN}                             # its password comes from LDAP_PASSWORD
    #     baseDn: ${STAFF_DN}
    ldif:
      files: [active-directory.ldif]
      # Whoever is outside this OU has left the selection; the review says where they went.
      baseDn: ${STAFF_DN}
    filters: # every one must hold
      - include:
          attribute: distinguishedName # subtrees; trainees are in another OU and get no account
          values: ['${CARE},${BASE_DN}', '${CLINIC},${BASE_DN}', '${OFFICE},${BASE_DN}']
      - exclude: { attribute: memberOf, values: [Zivver-no-account] } # nested groups count too
    mapping:
      fullName: displayName # what people see; the default is name
    phoneRegion: NL # for numbers without a country code
    division: # OUs in Zivver; the longest match counts, / = none
      by: ou
      ou:
        - { dn: '${CARE},${BASE_DN}', division: ${DIVISIONS[0]} }
        - { dn: '${CLINIC},${BASE_DN}', division: ${DIVISIONS[1]} }
        - { dn: '${OFFICE},${BASE_DN}', division: ${DIVISIONS[2]} }`;
}
