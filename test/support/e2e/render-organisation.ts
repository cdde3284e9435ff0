import { DOMAIN } from './people.ts';

/** organisation.yaml of a world; the directory is an LDIF file beside the repository. */
export function renderOrganisation(given: { url: string; secrets: string; settings: string }): string {
  return `zivver:
  url: ${given.url}
  claimedDomains: [${DOMAIN}]
sources:
  - name: directory
    ldif: { files: [../../../directory.ldif], baseDn: "OU=Staff,DC=company,DC=org" }
    phoneRegion: NL
sso: { enabled: true, keyFormat: base64 }
secrets: { ${given.secrets} }
${given.settings}`;
}
