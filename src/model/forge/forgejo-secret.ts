/** Forgejo has no environments: the name of a secret says whose it is. */
export function forgejoSecret(organisation: string, job: 'plan' | 'apply', name: string): string {
  return `${job.toUpperCase()}_${organisation.toUpperCase().replaceAll('-', '_')}_${name}`;
}
