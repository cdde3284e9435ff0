import { ReconcileError, type Problem } from '../errors.ts';
import type { Owner, Owners } from '../schema/generated/owners.ts';
import { findDocumentFaults, parseYamlDocument, type YamlDocument } from '../schema/yaml-document.ts';

export type { Owner };

/** Beside organisation.yaml; optional. */
export const OWNERS_FILE = 'owners.yaml';

/** Text of owners.yaml → who answers for which functional account. Throws CONFIGURATION_INVALID (3) with all faults. */
export function parseOwners(text: string, file: string): readonly Owner[] {
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? [...findDocumentFaults(parsed.document, 'owners')] : [...parsed.problems];
  if (parsed.ok && problems.length === 0) problems.push(...findDoubles(parsed.document));
  if (!parsed.ok || problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} does not say who owns the functional accounts`, {
      remedy: 'Correct the lines named above by pull request.',
      problems,
    });
  return (parsed.document.data as Owners).owners;
}

/** Who is said to own an address. */
export function findOwner<One extends Pick<Owner, 'account'>>(
  owners: readonly One[],
  address: string,
): One | undefined {
  return owners.find(({ account }) => foldAddress(account) === foldAddress(address));
}

/** True from the day after `reviewBy`. */
export function isOverdue({ reviewBy }: Pick<Owner, 'reviewBy'>, now: Date): boolean {
  return now.toISOString().slice(0, 10) > reviewBy;
}

/** What is wrong with the ownership of these functional accounts. */
export interface OwnerFaults {
  /** Addresses without an owner, also in the source. */
  readonly missing: readonly string[];
  readonly overdue: readonly Owner[];
  /** Of accounts that are not there. */
  readonly idle: readonly Owner[];
}

interface Judged {
  /** Of the functional accounts that are there. */
  readonly addresses: readonly string[];
  readonly inSource: readonly Pick<Owner, 'account'>[];
  readonly now: Date;
}

export function judgeOwners(owners: readonly Owner[], { addresses, inSource, now }: Judged): OwnerFaults {
  const known = new Set(addresses.map(foldAddress));
  const present = owners.filter(({ account }) => known.has(foldAddress(account)));
  return {
    missing: addresses.filter((address) => findOwner([...owners, ...inSource], address) === undefined),
    overdue: present.filter((owner) => isOverdue(owner, now)),
    idle: owners.filter((owner) => !present.includes(owner)),
  };
}

function findDoubles(document: YamlDocument): Problem[] {
  const seen = new Set<string>();
  return (document.data as Owners).owners.flatMap(({ account }, index) => {
    const isDouble = seen.has(foldAddress(account));
    seen.add(foldAddress(account));
    return isDouble
      ? [{ where: document.whereIs(`/owners/${index}/account`), what: 'this account has an owner already' }]
      : [];
  });
}

function foldAddress(address: string): string {
  return address.trim().toLowerCase();
}
