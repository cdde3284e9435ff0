import { randomUUID } from 'node:crypto';
import { readBranches } from '../../adapters/git/branch.ts';
import { anchorEnded, pushAnchor } from '../../adapters/git/ledger-anchor.ts';
import { notWritable, pushLedgerFile } from '../../adapters/git/ledger-branch.ts';
import { isLostRace } from '../../adapters/git/push-branch-file.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { LEDGER_BRANCH } from '../../adapters/git/ref-names.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { GENESIS_ANCHOR } from '../../model/ledger/anchors.ts';
import { formatRecord } from '../../model/ledger/chain.ts';
import { GENESIS_FILE } from '../../model/plan/plan-name.ts';

export interface StartedLedger {
  /** What was done, for people. */
  readonly line: string;
  /** Something was applied already. */
  readonly isLive: boolean;
}

/** Another organisation may write to the branch at the same moment. */
const START_ATTEMPTS = 5;

/** The genesis record of an organisation, unless there is one. Throws LEDGER_INVALID for a branch that is not ours. */
export async function startLedger(
  git: GitRepository,
  { organisation, target, approval }: Configuration,
): Promise<StartedLedger> {
  for (let attempt = 1; ; attempt += 1) {
    const branches = await readBranches(git, approval, organisation);
    const ledger = await readLedger(git, { organisation, branches });
    const { genesis, entries, tip, gitRemote } = ledger;
    // Whoever started it may have ended before the tag was there.
    if (genesis !== null && entries.length === 0) await anchorEnded({ git, gitRemote, organisation }, ledger);
    if (genesis !== null)
      return { line: `kept      branch ${LEDGER_BRANCH}: lineage ${genesis.lineage}`, isLive: entries.length > 0 };
    if (tip !== null) await refuseForeign(git, tip);
    const lineage = randomUUID();
    const record = {
      type: 'genesis',
      organisation,
      target: target.url,
      lineage,
      at: new Date().toISOString(),
    } as const;
    const text = `${formatRecord(record)}\n`;
    const message = `${organisation}: start the ledger`;
    const pushed = await pushLedgerFile({ git, gitRemote, tip, organisation, file: GENESIS_FILE, text, message });
    if (pushed.pushed) {
      await pushAnchor({ git, gitRemote, organisation }, { name: GENESIS_ANCHOR, commit: pushed.tip });
      const where = gitRemote === null ? ' (of this clone: approval.gitRemote is none)' : '';
      return { line: `started   branch ${LEDGER_BRANCH}: lineage ${lineage}${where}`, isLive: false };
    }
    if (!isLostRace(pushed.why) || attempt === START_ATTEMPTS) throw notWritable(pushed.why);
  }
}

/** A branch of this name in which no organisation was ever started is somebody else’s, and is never written to. */
async function refuseForeign(git: GitRepository, tip: string): Promise<void> {
  const files = (await git.listTree(tip, '')).map(({ path }) => path);
  if (files.some((path) => path.endsWith(`/${GENESIS_FILE}`))) return;
  throw new ReconcileError(
    'LEDGER_INVALID',
    `The branch ${LEDGER_BRANCH} is not a ledger of zivver-gitops; nothing was written to it`,
    {
      remedy: 'Rename that branch: its name is needed for the record of what is applied.',
      problems: files.slice(0, 5).map((where) => ({ where, what: `is there at commit ${tip.slice(0, 10)}` })),
    },
  );
}
