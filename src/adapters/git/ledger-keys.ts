import { ReconcileError } from '../../model/errors.ts';
import { parseConfiguration } from '../../model/configuration/configuration.ts';
import type { LedgerKey } from '../../model/ledger/ledger-keys.ts';
import type { GitRepository } from './repository.ts';

/** ledger.keys of organisation.yaml at a commit; null: there is none, or it cannot be read by this version. */
export async function readLedgerKeys(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<readonly LedgerKey[] | null> {
  if (commit === null) return null;
  const text = (await git.readFileAt(commit, `desired/${organisation}/organisation.yaml`))?.toString('utf8');
  if (text === undefined) return null;
  if (!text.includes('ledger')) return [];
  try {
    return parseConfiguration(text, organisation, '').ledgerKeys;
  } catch (error) {
    if (error instanceof ReconcileError) return null;
    throw error;
  }
}
