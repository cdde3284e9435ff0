import type { Configuration } from '../../model/configuration/configuration.ts';
import type { MappedAccounts } from '../../model/mapping/mapped.ts';
import { describePeople, listPeopleToDescribe } from '../../model/plan/describe-people.ts';
import { noteLeavingSoon } from '../../model/plan/leaves-soon.ts';
import type { BuiltPlan } from '../../model/plan/plan.ts';
import type { World } from '../reading/read-world.ts';

export interface Leavers {
  readonly configuration: Configuration;
  readonly mapped: Pick<MappedAccounts, 'accounts'>;
  readonly now: Date;
}

/** The plan with what a reviewer asks of those who lose access, and of those who soon will. */
export async function describeLeavers(
  built: BuiltPlan,
  world: Pick<World, 'sources' | 'lookUpPeople'>,
  { configuration, mapped, now }: Leavers,
): Promise<BuiltPlan> {
  const found = await world.lookUpPeople(listPeopleToDescribe(built.body));
  const entries = world.sources.flatMap(({ snapshot }) => snapshot.selected);
  const days = configuration.users.tellExpiringDays;
  const notes = [...built.body.notes, ...noteLeavingSoon(mapped.accounts, entries, { now, days })];
  return { ...built, body: { ...built.body, notes, changes: describePeople(built.body.changes, found) } };
}
