import type { Problem } from '../errors.ts';

/** Name of the anchor of the genesis record. */
export const GENESIS_ANCHOR = 'genesis';
/** What is told of a tag that is gone. */
export const MISSING_ANCHOR = 'is missing';

export interface AnchoredLedger {
  /** Name of a plan or `genesis` → commit of the ledger branch. */
  readonly anchors: ReadonlyMap<string, string>;
  /** In their order. */
  readonly entries: readonly { readonly name: string; readonly end: object | null }[];
  /** All commits of the ledger branch. */
  readonly commits: ReadonlySet<string>;
  /** Name of the tag. */
  readonly refOf: (name: string) => string;
}

/** Tags that say otherwise than the ledger, and tags that are gone: the branch, or what holds it fast, was set back. */
export function findAnchorFaults(ledger: AnchoredLedger): Problem[] {
  const { anchors, entries, commits, refOf } = ledger;
  const known = new Set([GENESIS_ANCHOR, ...entries.map(({ name }) => name)]);
  const contradicting = [...anchors].flatMap(([name, commit]) => {
    const where = refOf(name);
    if (!known.has(name)) return [{ where, what: `holds fast plan ${name}, which is no longer in the ledger` }];
    if (commits.has(commit)) return [];
    return [{ where, what: `holds fast commit ${commit.slice(0, 10)}, which is not in the ledger branch` }];
  });
  const missing = listUnanchored(ledger).filter((name) => name !== entries.at(-1)?.name && entries.length > 0);
  return [...contradicting, ...missing.map((name) => ({ where: refOf(name), what: MISSING_ANCHOR }))];
}

/**
 * What has ended and is not held fast. Of the last plan that is no fault: whoever applied it may have died before its tag was
 * pushed. The next apply sets the tag before it begins.
 */
export function listUnanchored({ anchors, entries }: Pick<AnchoredLedger, 'anchors' | 'entries'>): string[] {
  const ended = entries.filter(({ end }) => end !== null).map(({ name }) => name);
  return [GENESIS_ANCHOR, ...ended].filter((name) => !anchors.has(name));
}
