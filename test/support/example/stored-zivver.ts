import { FIRST_FUNCTIONAL, FIRST_USERS, buildStoredAnswers } from '../../../src/demo/population.ts';
import type { StoredAnswers, StoredFunctional, StoredUser } from '../../../src/demo/population.ts';
import type { ExistingAccounts } from '../../../src/model/account/target.ts';
import type { DesiredFiles } from '../../../src/model/desired/desired-file.ts';
import { OPEN_FILE } from '../../../src/model/desired/desired-state.ts';
import { parseDesiredAccount } from '../../../src/model/desired/yaml.ts';
import type { DesiredFunctional, DesiredUser } from '../../../src/model/schema/generated/account.ts';
import type { Group, User } from '../../../src/model/schema/generated/scim.ts';
import { mapFunctional, mapUser } from '../../../src/adapters/zivver/scim-codec.ts';

/** What Zivver answers once all desired files were applied to the accounts from before the tool. */
export function buildAnswersAfter(files: DesiredFiles): StoredAnswers {
  const rendered = [...files].filter(([file]) => file !== OPEN_FILE);
  const accounts = rendered.map(([file, { text }]) => parseDesiredAccount(text, file));
  const users = new Map(FIRST_USERS.map((user) => [user.address, user]));
  const functional = new Map(FIRST_FUNCTIONAL.map((account) => [account.address, account]));
  for (const account of accounts) {
    if (account.kind === 'user') users.set(account.address, layOver(users.get(account.address), account));
    else functional.set(account.address, buildFunctional(account));
  }
  return buildStoredAnswers([...users.values()], [...functional.values()]);
}

/** Answers as the reader of the program would give them. */
export function mapAnswers(answers: StoredAnswers): ExistingAccounts {
  const { Resources: users } = answers.users as { Resources: User[] };
  const { Resources: groups } = answers.groups as { Resources: Group[] };
  return { users: users.map(mapUser), functional: groups.map(mapFunctional) };
}

/** A suspended account gets its id and nothing else. */
function layOver(existing: StoredUser | undefined, account: DesiredUser): StoredUser {
  const { address, fullName: name, key, active, mobile, division, aliases, delegates } = account;
  if (!active && existing) return { ...existing, externalAccountId: key };
  return { address, name, mobile, division, aliases, delegates, externalAccountId: key };
}

function buildFunctional({ address, fullName, key, aliases, members = [] }: DesiredFunctional): StoredFunctional {
  return { address, name: fullName, aliases, members, externalAccountId: key };
}
