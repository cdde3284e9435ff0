import type { GitRepository } from '../../adapters/git/repository.ts';
import { desiredPath } from '../../model/desired/desired-file-name.ts';
import { parseDesiredAccount } from '../../model/desired/yaml.ts';
import type { AccountAt } from './account-at.ts';
import { listPlanEvents, type PlanEvent, type PlanRecord } from './plan-events.ts';
import { isDone } from './words-event.ts';

export interface KnownAccess {
  readonly git: GitRepository;
  readonly organisation: string;
  readonly records: readonly PlanRecord[];
  /** ISO timestamp. */
  readonly moment: string;
}

/**
 * Desired files say of a suspended account no more than that it is: its aliases and delegates stay in Zivver as they were. They
 * are those of its desired file before the plan that suspended it, with what later plans changed.
 */
export async function addLastKnown(accounts: readonly AccountAt[], known: KnownAccess): Promise<AccountAt[]> {
  const suspended = new Set(accounts.flatMap(({ active, key }) => (active ? [] : [key])));
  if (suspended.size === 0) return [...accounts];
  const events = new Map<string, PlanEvent[]>();
  for (const event of known.records.flatMap(listPlanEvents)) {
    const { key } = event.change;
    if (key === null || !suspended.has(key) || !isDone(event) || event.at > known.moment) continue;
    events.set(key, [...(events.get(key) ?? []), event]);
  }
  return Promise.all(accounts.map(async (account) => addTo(account, events.get(account.key) ?? [], known)));
}

async function addTo(account: AccountAt, events: readonly PlanEvent[], known: KnownAccess): Promise<AccountAt> {
  const place = events.findLastIndex(({ change }) => change.after.active === false);
  const suspension = events[place];
  if (account.active || suspension === undefined || suspension.approval === null) return account;
  const file = `desired/${known.organisation}/${desiredPath(account.kind, suspension.change.address)}`;
  const bytes = await known.git.readFileAt(`${suspension.approval.commit}^`, file);
  if (bytes === undefined) return account;
  const before = parseDesiredAccount(bytes.toString('utf8'), file);
  if (before.kind !== 'user' || before.key !== account.key) return account;
  const later = events.slice(place).map(({ change }) => change.after);
  return {
    ...account,
    aliases: later.findLast(({ aliases }) => aliases !== undefined)?.aliases ?? before.aliases ?? [],
    readers: later.findLast(({ delegates }) => delegates !== undefined)?.delegates ?? before.delegates ?? [],
  };
}
