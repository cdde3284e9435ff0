import { ReconcileError } from '../errors.ts';
import { isDnUnder } from './distinguished-name.ts';
import type { SourceSnapshot } from './source.ts';

/**
 * Refuses a read of which a part is in another domain that no other source reads: whoever works there would look like somebody who
 * left. Throws `SOURCE_INCOMPLETE`.
 */
export function refuseUnreadDomains(
  snapshots: readonly Pick<SourceSnapshot, 'name' | 'kind' | 'baseDn' | 'unreadDomains'>[],
): void {
  const isRead = (domain: string, asking: string): boolean =>
    snapshots.some(
      ({ name, kind, baseDn }) =>
        name !== asking && (kind === 'ldap' || kind === 'ldif') && baseDn !== '' && isDnUnder(baseDn, domain),
    );
  const problems = snapshots.flatMap(({ name, unreadDomains = [] }) =>
    unreadDomains
      .filter((domain) => !isRead(domain, name))
      .map((domain) => ({ where: `source ${name}`, what: `refers to ${domain}, which was not read` })),
  );
  if (problems.length === 0) return;
  throw new ReconcileError('SOURCE_INCOMPLETE', 'A part of the directory is in another domain; no file was written', {
    remedy: 'Add that domain as a source of its own, or name units of this domain as base instead of the whole domain.',
    problems,
  });
}
