import { describe, expect, it } from 'vitest';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { findBroughtPlans, isPathOfPlan, type ChangedFile } from '../../../../src/model/plan/brought-plans.ts';

const BROUGHT: ChangedFile[] = [
  { status: 'A', path: 'plans/city/0012-0123abcd/plan.json' },
  { status: 'A', path: 'plans/city/0012-0123abcd/plan.md' },
  { status: 'M', path: 'desired/city/users/a@a.example.yaml' },
  { status: 'D', path: 'desired/city/functional/b@a.example.yaml' },
];
const STATEMENT = `plans/city/0012-0123abcd/approvals/${'0a'.repeat(32)}.json`;
const NEWEST = new Map([['city', '0011-0123abcd']]);

describe('a pull request', () => {
  it('brings the plan it adds, one of each organisation', () => {
    const town = { status: 'A', path: 'plans/town/0001-0123abcd/plan.json' };
    expect(findBroughtPlans(BROUGHT)).toEqual([{ organisation: 'city', name: '0012-0123abcd' }]);
    expect(findBroughtPlans([...BROUGHT, town]).map(({ organisation }) => organisation)).toEqual(['city', 'town']);
  });

  it('may bring holds with a rollback: the plan says with which it was made', () => {
    expect(findBroughtPlans([...BROUGHT, { status: 'A', path: 'desired/city/holds.yaml' }])).toHaveLength(1);
  });

  it.each([
    ['with its plan', [...BROUGHT, { status: 'A', path: STATEMENT }], 1],
    ['alone, later', [{ status: 'A', path: STATEMENT }], 0],
    ['in place of an earlier one', [{ status: 'M', path: STATEMENT }], 0],
  ])('may bring signed statements %s', (_name, files, plans) => {
    expect(findBroughtPlans(files, NEWEST)).toHaveLength(plans);
  });

  it.each([
    ['M', 'desired/city/organisation.yaml'],
    ['A', 'desired/city/holds.yaml'],
    ['A', 'desired/city/people.xlsx'],
    ['M', '.gitattributes'],
    ['M', '.github/workflows/apply.yml'],
    ['D', 'plans/city/0001-0123abcd/plan.json'],
    ['D', 'plans/city/.gitattributes'],
  ])('may bring no plan, and then %s %s', (status, path) => {
    expect(findBroughtPlans([{ status, path }], NEWEST)).toEqual([]);
  });

  it.each([
    ['M', 'desired/city/organisation.yaml'],
    ['M', '.github/workflows/apply.yml'],
    ['M', '.gitattributes'],
    ['M', 'package-lock.json'],
    ['A', 'plans/city/.gitattributes'],
    ['A', 'plans/city/0012-0123abcd/.gitattributes'],
    ['A', 'plans/city/0012-0123abcd/other.md'],
    ['M', 'plans/city/0011-0123abcd/plan.md'],
    ['M', 'desired/town/users/a@a.example.yaml'],
    ['M', 'desired/town/holds.yaml'],
    ['A', 'desired/city/users/deeper/a@a.example.yaml'],
    ['A', STATEMENT.replace('0012', '0011')],
    ['A', STATEMENT.replace('.json', '.md')],
    ['A', STATEMENT.replace('approvals/', 'approvals/deeper/')],
    ['M', 'desired/city/signers.yaml'],
    ['D', 'plans/city/0011-0123abcd/plan.json'],
    ['A', 'plans/city/0013-0123abcd/plan.json'],
  ])('with a plan may not also bring %s %s', (status, path) => {
    expect(refusalOf([...BROUGHT, { status, path }]).problems.length).toBeGreaterThan(0);
  });

  it.each([
    ['M', 'plans/city/0001-0123abcd/plan.md'],
    ['T', 'plans/city/0001-0123abcd/plan.json'],
    ['A', 'plans/city/.gitattributes'],
    ['A', 'plans/city/0001-0123abcd/notes.md'],
  ])('may never bring %s %s', (status, path) => {
    expect(refusalOf([{ status, path }]).problems).toMatchObject([{ where: path }]);
  });

  it.each([
    ['A', 'users', 'is added without a plan'],
    ['M', 'users', 'is changed without a plan'],
    ['D', 'users', 'is removed without a plan'],
    ['T', 'users', 'is changed without a plan'],
    ['M', 'functional', 'is changed without a plan'],
  ])('changes nothing that plan writes by hand (%s below %s)', (status, folder, what) => {
    const path = `desired/city/${folder}/a@a.example.yaml`;
    const refusal = refusalOf([{ status, path }]);
    expect(refusal.problems).toEqual([{ where: path, what }]);
    expect(refusal.remedy).toContain('desired/ is written by plan');
  });

  it('takes no plan back, with what it decided or as the newest: the cure is a rollback', () => {
    const gone = (name: string): ChangedFile => ({ status: 'D', path: `plans/city/${name}/plan.json` });
    const desired = { status: 'M', path: 'desired/city/users/a@a.example.yaml' };
    for (const files of [[gone('0011-0123abcd')], [gone('0010-0123abcd'), desired], [gone('0011-0123abcd'), desired]])
      expect(refusalOf(files).remedy).toContain(`zivver-gitops invert ${files[0]?.path.split('/')[2]}`);
    expect(findBroughtPlans([gone('0010-0123abcd'), gone('0009-0123abcd')], NEWEST)).toEqual([]);
  });
});

describe('a path of a plan', () => {
  const plan = { organisation: 'city', name: '0012-0123abcd' };

  it.each(BROUGHT.map(({ path }) => path))('is %s', (path) => expect(isPathOfPlan(path, plan)).toBe(true));

  it.each(['plans/city/0012-0123abcd', 'plans/city/0011-0123abcd/plan.json', 'desired/city/users', 'desired', ''])(
    'is not %j',
    (path) => expect(isPathOfPlan(path, plan)).toBe(false),
  );
});

function refusalOf(files: readonly ChangedFile[]): ReconcileError {
  try {
    findBroughtPlans(files, NEWEST);
  } catch (error) {
    if (error instanceof ReconcileError && error.code === 'PLAN_REVIEW_DISAGREES') return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
