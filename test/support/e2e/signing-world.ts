import { buildPeople, changePeople } from './people.ts';
import { expectEnd } from './refusal.ts';
import { createPerson, listSigners, type SigningPerson } from './signing-people.ts';
import { World } from './world.ts';

export interface SigningWorldOptions {
  /** Of those who may sign, each with what signers.yaml says of them beside the key. */
  readonly signers: readonly (readonly [name: string, more?: string])[];
  /** More lines of organisation.yaml, asked for when the signers are listed. */
  readonly settings: () => string;
}

/** Six managed people, signers with keys of their own, and an open plan that suspends one account and creates one. */
export async function createSigningWorld({
  signers,
  settings,
}: SigningWorldOptions): Promise<{ base: World; people: SigningPerson[] }> {
  const staff = buildPeople(6);
  const base = await World.createSettled({ people: staff });
  const people = signers.map(([name]) => createPerson(base, name));
  const listed = people.map((person, index) => ({ person, more: signers[index]?.[1] }));
  await listSigners(
    base,
    listed.map(({ person, more }) => (more === undefined ? person : { ...person, more })),
  );
  await base.configure((text) => `${text}${settings()}\n`);
  await base.writeDirectory([...changePeople(staff, [2], () => ({ disabled: true })), ...buildPeople(1, 2)]);
  expectEnd(await base.plan(), 0);
  return { base, people };
}
