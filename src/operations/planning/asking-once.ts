import type { World } from '../reading/read-world.ts';

/** A plan in waves is decided several times; domains are asked again only about other people. */
export function askingOnce(world: World): World {
  const answers = new Map<string, ReturnType<World['askDomains']>>();
  return {
    ...world,
    askDomains: (missing) => {
      const question = [...missing].sort().join(' ');
      const answer = answers.get(question) ?? world.askDomains(missing);
      answers.set(question, answer);
      return answer;
    },
  };
}
