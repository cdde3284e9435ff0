import { SERVICE_LOGIN } from './population/logins.ts';
import type { LabLayout } from './layout.ts';
import { readManifest } from './layout.ts';

/** What somebody needs to connect: addresses, files, a `sources:` snippet and an ldapsearch line to try. */
export function renderConnection(layout: LabLayout, address: string): string {
  const { people, groups, baseDn } = readManifest(layout);
  const url = `ldaps://${address === '127.0.0.1' ? 'localhost' : address}`;
  const user = `COMPANY\\${SERVICE_LOGIN}`;
  return `A Samba domain controller of COMPANY.ORG with ${people.length} people and ${groups.length} groups.

  URL            ${url}
  base DN        ${baseDn} (staff: OU=Staff,${baseDn})
  user           ${user} (view-only)
  password file  ${layout.servicePassword}
  CA file        ${layout.caFile}
  contents       ${layout.manifest}
  log            ${layout.log}

For organisation.yaml:

sources:
  - name: ad-lab
    ldap:
      urls: [${url}]
      user: ${user}
      baseDn: OU=Staff,${baseDn}
      caFile: ${layout.caFile}
    query: (&(objectCategory=person)(objectClass=user))

and for the shell:

  export LDAP_PASSWORD="$(cat ${layout.servicePassword})"

Try it:

  LDAPTLS_CACERT=${layout.caFile} ldapsearch -LLL -H ldaps://${address} -x -D '${user}' \\
    -y ${layout.servicePassword} -b 'OU=Staff,${baseDn}' '(objectClass=user)' displayName proxyAddresses
`;
}
