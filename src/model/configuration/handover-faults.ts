import type { Problem } from '../errors.ts';
import type { Organisation } from '../schema/generated/organisation.ts';
import type { YamlDocument } from '../schema/yaml-document.ts';

/** Every key hands over once and gets once, so that nobody has to guess an order. */
export function findHandoverFaults(document: YamlDocument): Problem[] {
  const { handovers = [] } = document.data as Organisation;
  const seen = new Set<string>();
  return handovers.flatMap(({ from, to }, index) => {
    const pointer = `/handovers/${index}`;
    const doubles = [`from ${from}`, `to ${to}`].filter((one) => seen.size === seen.add(one).size);
    const faults = from === to ? ['from and to are the same key'] : [];
    const told = [...faults, ...doubles.map((one) => `${one} stands in another hand-over already`)];
    return told.map((what) => ({ where: document.whereIs(pointer), what }));
  });
}
