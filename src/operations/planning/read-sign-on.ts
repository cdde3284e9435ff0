import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { parseConfiguration, type Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import {
  isSameMaking,
  type SetSignOn,
  type SignOnBefore,
  type SignOnMaking,
  signOnMakingOf,
} from '../../model/ledger/sign-on-making.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { planFolder } from '../../model/plan/plan-name.ts';

export interface SignOnQuestion {
  readonly ledger: Pick<Ledger, 'entries'>;
  /** As it is now. */
  readonly configuration: Pick<Configuration, 'organisation' | 'sso' | 'sources'>;
}

/**
 * How applies made single sign-on keys: organisation.yaml is read from the commit that was applied. Null if none made them
 * otherwise than now.
 */
export async function readSignOnBefore(
  git: GitRepository,
  { ledger, configuration }: SignOnQuestion,
): Promise<SignOnBefore | null> {
  const { organisation, sso } = configuration;
  if (!sso.enabled) return null;
  const known = new Map<string, SignOnMaking | null>();
  const applied: { readonly entry: LedgerEntry; readonly making: SetSignOn }[] = [];
  for (const entry of ledger.entries) {
    const file = `desired/${organisation}/organisation.yaml`;
    const text = (await git.readFileAt(entry.begin.approval.commit, file))?.toString('utf8') ?? '';
    if (!known.has(text)) known.set(text, parseMaking(text, organisation));
    const making = known.get(text) ?? null;
    if (making !== null) applied.push({ entry, making: { ...making, plan: entry.name } });
  }
  const now = signOnMakingOf(configuration);
  const last = applied.at(-1)?.making;
  if (last === undefined || applied.every(({ making }) => isSameMaking(making, now))) return null;
  const set = new Map<string, SetSignOn>();
  for (const { entry, making } of applied)
    for (const zivverId of await listSet(git, entry, organisation)) set.set(zivverId, making);
  return { last, set };
}

/** Null: this version cannot read it. */
function parseMaking(text: string, organisation: string): SignOnMaking | null {
  try {
    return signOnMakingOf(parseConfiguration(text, organisation, ''));
  } catch (error) {
    if (error instanceof ReconcileError) return null;
    throw error;
  }
}

/** Accounts whose key was sent. A rollback sends the keys of an earlier plan again. */
async function listSet(
  git: GitRepository,
  { name, begin, records }: LedgerEntry,
  organisation: string,
): Promise<string[]> {
  const file = `${planFolder(organisation, name)}/plan.json`;
  const text = (await git.readFileAt(begin.approval.commit, file))?.toString('utf8');
  const body = text === undefined ? undefined : parsePlanFile(text, file).body;
  if (body === undefined || body.source.length === 0) return [];
  const sealed = new Set(body.changes.flatMap((change) => (change.sealed ? change.id : [])));
  return records.flatMap((record) => {
    if (record.type !== 'finished' || record.zivverId === null || !sealed.has(record.change)) return [];
    return SENT.has(record.status) ? [record.zivverId] : [];
  });
}

const SENT: ReadonlySet<string> = new Set(['applied', 'adopted']);
