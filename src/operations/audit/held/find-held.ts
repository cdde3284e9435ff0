import { countCommitsBy, countCommitsOf } from '../../../adapters/git/count-commits.ts';
import { listCommittedPlans } from '../../../adapters/git/plan-listing.ts';
import type { GitRepository } from '../../../adapters/git/repository.ts';
import { desiredPath } from '../../../model/desired/desired-file-name.ts';
import { countMentions } from '../../../model/text/count-mentions.ts';
import { findAccountHistories, type AccountHistory } from '../account-history.ts';
import { listPlanEvents, type PlanRecord } from '../plan-events.ts';
import type { Audit } from '../read-audit.ts';

/** Where the repository holds something about a person. */
export interface Held {
  /** What was looked for: every address, alias, key, Zivver id and name of the accounts that are or were known by the given one. */
  readonly names: readonly string[];
  /** Of the branch, below desired/: organisation.yaml, holds, owners and signers among them. */
  readonly files: readonly HeldFile[];
  readonly plans: readonly HeldPlan[];
  readonly ledger: readonly HeldRecords[];
  readonly history: {
    /** Commits of the branch that changed a desired file of the person. */
    readonly versions: number;
    /** Commits of branch and ledger that the person made or committed. */
    readonly commits: number;
  };
}

export interface HeldFile {
  /** From the root of the repository. */
  readonly file: string;
  /** True: the desired file of the person's account; false: it names the person. */
  readonly isOwn: boolean;
  readonly mentions: number;
}

export interface HeldPlan {
  readonly plan: string;
  /** `history`: removed from the branch; earlier commits have it. `lost`: git no longer has it. */
  readonly origin: 'branch' | 'history' | 'lost';
  /** Changes of the person's accounts. */
  readonly changes: number;
  readonly mentions: number;
}

export interface HeldRecords {
  readonly plan: string;
  readonly records: number;
}

interface Place {
  readonly git: GitRepository;
  readonly organisation: string;
}

/** `wanted`: an address, alias, key or name that an account has or had, or any other text. */
export async function findHeld(place: Place, audit: Audit, wanted: string): Promise<Held> {
  const { baseline, records, ledger } = audit;
  const { git, organisation } = place;
  const accounts = findAccountHistories(wanted, records.flatMap(listPlanEvents), baseline.accounts);
  const names = namesOf(wanted, accounts);
  const own = ownFiles(accounts, organisation);
  const heads = [baseline.commit, ledger.tip].flatMap((head) => head ?? []);
  const present = await listCommittedPlans(git, baseline.commit, organisation);
  const onBranch = new Set(present.map(({ name }) => name));
  return {
    names,
    files: await findFiles(place, baseline.commit, { names, own: new Set(own) }),
    plans: records.flatMap((record) => planOf(record, { names, accounts, onBranch }) ?? []),
    ledger: ledger.entries.flatMap(({ name, text }) => {
      const lines = text.split('\n').filter((line) => countMentions(line, names) > 0);
      return lines.length === 0 ? [] : [{ plan: name, records: lines.length }];
    }),
    history: {
      versions: baseline.commit === null ? 0 : await countCommitsOf(git, baseline.commit, own),
      commits: await countCommitsBy(git, heads, names),
    },
  };
}

function namesOf(wanted: string, accounts: readonly AccountHistory[]): readonly string[] {
  const known = accounts.flatMap(({ address, formerly, key, zivverId, fullName, events }) => [
    address,
    ...formerly,
    key ?? '',
    zivverId ?? '',
    fullName,
    ...events.map(({ change }) => change.fullName),
  ]);
  return [...new Set([wanted.trim(), ...known])].filter((name) => name !== '');
}

function ownFiles(accounts: readonly AccountHistory[], organisation: string): readonly string[] {
  return accounts.flatMap(({ kind, address, formerly }) =>
    [address, ...formerly].map((one) => `desired/${organisation}/${desiredPath(kind, one)}`),
  );
}

async function findFiles(
  { git, organisation }: Place,
  commit: string | null,
  { names, own }: { readonly names: readonly string[]; readonly own: ReadonlySet<string> },
): Promise<HeldFile[]> {
  const files = commit === null ? [] : await git.listTree(commit, `desired/${organisation}/`);
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  return files.flatMap(({ path }, index) => {
    const mentions = countMentions(texts[index] ?? '', names);
    return mentions === 0 ? [] : [{ file: path, isOwn: own.has(path), mentions }];
  });
}

interface Sought {
  readonly names: readonly string[];
  readonly accounts: readonly AccountHistory[];
  readonly onBranch: ReadonlySet<string>;
}

function planOf({ name, plan }: PlanRecord, { names, accounts, onBranch }: Sought): HeldPlan | null {
  const changes = accounts.flatMap(({ events }) => events).filter((event) => event.plan === name).length;
  if (plan === null) return { plan: name, origin: 'lost', changes, mentions: 0 };
  const mentions = countMentions(JSON.stringify(plan), names);
  return mentions === 0 ? null : { plan: name, origin: onBranch.has(name) ? 'branch' : 'history', changes, mentions };
}
