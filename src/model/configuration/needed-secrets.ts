import type { Configuration } from './configuration.ts';

export interface NeededSecrets {
  readonly plan: readonly string[];
  readonly apply: readonly string[];
  /** Of the directory: nothing for the job that applies. */
  readonly passwords: readonly string[];
}

/** The variables that the jobs of an organisation need; tokens of the forge are not among them. */
export function neededSecrets({ sources, recipients, fingerprintKey }: Configuration): NeededSecrets {
  const all = sources.flatMap(({ ldap }) => (ldap === undefined ? [] : [ldap.passwordVariable ?? 'LDAP_PASSWORD']));
  const passwords = [...new Set(all)];
  const identity = recipients.length === 0 ? [] : ['ZIVVER_GITOPS_IDENTITY'];
  const fingerprint = fingerprintKey === null ? [] : ['ZIVVER_GITOPS_FINGERPRINT_KEY'];
  return {
    plan: [...passwords, 'ZIVVER_API_KEY', ...fingerprint],
    apply: ['ZIVVER_API_KEY', ...identity],
    passwords,
  };
}
