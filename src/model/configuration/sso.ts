import type { Organisation } from '../schema/generated/organisation.ts';

export interface SsoConfiguration {
  readonly enabled: boolean;
  readonly keyFormat: 'base64' | 'guid';
  /** What single sign-on sends; null: the value of accountKey. */
  readonly key: string | null;
}

export function buildSso({ enabled = false, keyFormat = 'base64', key }: Partial<SsoSection> = {}): SsoConfiguration {
  return { enabled, keyFormat, key: key ?? null };
}

type SsoSection = NonNullable<Organisation['sso']>;

/** What single sign-on needs of the rest of the configuration. */
export function findSsoFaults(
  { sso, secrets, sources }: Organisation,
  complain: (pointer: string, what: string) => void,
): void {
  if (sso?.enabled !== true) return;
  if (secrets?.recipients === undefined)
    complain('/sso', 'sso.enabled needs secrets.recipients: the age public key to which SSO keys are sealed in plans');
  if (sso.key !== undefined) return;
  sources.forEach(({ mapping }, index) => {
    if (mapping?.formerAccountKey !== undefined)
      complain(
        `/sources/${index}/mapping/formerAccountKey`,
        'the value that people log in with would change too: name what the identity provider sends in sso.key',
      );
  });
}
