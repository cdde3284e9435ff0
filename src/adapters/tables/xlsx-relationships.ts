import type { Archive } from './xlsx-archive.ts';
import { readXml } from './xlsx-xml.ts';

/** Which part another one needs, and what for (ECMA-376 part 2, §9.3). */
export interface Relationship {
  readonly id: string;
  /** Last part of its type: `worksheet`, `styles`; the same in the strict and the transitional form. */
  readonly type: string;
  /** Name of a part of the archive. */
  readonly target: string;
}

/** Those of a part; '' = of the whole package. Links to other files are none. */
export function readRelationships(archive: Archive, part: string): readonly Relationship[] {
  const at = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, at);
  const found: Relationship[] = [];
  readXml(archive.readText(`${folder}_rels/${part.slice(at)}.rels`) ?? '', {
    open(name, attribute) {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      const target = resolveTarget(folder, attribute('Target') ?? '');
      found.push({ id: attribute('Id') ?? '', type: (attribute('Type') ?? '').replace(/^.*\//, ''), target });
    },
  });
  return found;
}

export function targetOf(relationships: readonly Relationship[], type: string): string | undefined {
  return relationships.find((one) => one.type === type)?.target;
}

/** `../styles.xml` below `xl/worksheets/` → `xl/styles.xml`; `/xl/styles.xml` → the same. */
function resolveTarget(folder: string, target: string): string {
  const whole = target.startsWith('/') ? target : `${folder}${target}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return decodeName(parts.join('/'));
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
