import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest files of `npm test`, longest first: begun late, one of them would run alone at the end. */
const SLOW = [
  'freshness',
  'signatures',
  'lock',
  'git-table',
  'target',
  'guards',
  'forged-plans',
  'github-approval',
  'faults',
  'day-two',
  'ledger',
  'tampering',
  'demo',
].map((name) => `/test/e2e/${name}.test.ts`);

/** Project by project, so that those of one share what they load, and in each the longest files first. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

function rankOf({ moduleId, project }: TestSpecification): number {
  const place = SLOW.findIndex((name) => moduleId.endsWith(name));
  if (place >= 0) return place;
  return SLOW.length + ['e2e', 'integration', 'pure'].indexOf(project.name);
}
