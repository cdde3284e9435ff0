import { describe, expect, it } from 'vitest';
import { isBot, judgePeople } from '../../../../src/model/approval/judge-people.ts';

const BOTS = ['Planner@Company.org', 'other@company.org'];
const anna = { name: 'Anna', address: 'anna@company.org' };
const bas = { name: 'Bas', address: 'bas@company.org' };
const planner = { name: 'Planner', address: 'planner@company.org' };

describe('a machine', () => {
  it.each([
    ['renovate[bot]', 'x@company.org'],
    ['Renovate[Bot] ', 'x@company.org'],
    ['x', '41898282+github-actions[bot]@users.noreply.github.com'],
    ['GitHub', 'noreply@github.com'],
    ['zivver-gitops', 'zivver-gitops@localhost'],
    ['x', 'project_12345_bot@noreply.gitlab.com'],
    ['x', 'group_7_bot_a1b2c3@noreply.gitlab.com'],
    ['Planner', 'PLANNER@company.org'],
  ])('is %s <%s>', (name, address) => {
    expect(isBot({ name, address }, BOTS)).toBe(true);
  });

  it.each([
    ['Anna', 'anna@company.org'],
    ['Anna [bot] Bakker', 'anna@company.org'],
    ['Anna', 'bot@company.org'],
    ['Anna', 'anna+noreply@github.com'],
    ['Anna', 'x.project_1_bot@company.org'],
    ['Anna', 'project_x_bot@company.org'],
    ['Anna', 'project_1_botanist.x@company.org'],
    ['Anna', 'other-planner@company.org'],
  ])('is not %s <%s>', (name, address) => {
    expect(isBot({ name, address }, BOTS)).toBe(false);
  });
});

describe('two people', () => {
  const judge = (authors: (typeof anna)[], merger: typeof anna | null) => judgePeople({ authors, merger, bots: BOTS });

  it('are who made a plan and who merged it, also where a machine made it', () => {
    expect(judge([anna], bas)).toEqual([]);
    expect(judge([planner, anna], bas)).toEqual([]);
    expect(judge([planner], anna)).toEqual([]);
  });

  it.each([
    ['one person alone', [anna], anna, 'is Anna <anna@company.org>, who committed it too'],
    ['one person beside others', [bas, anna], anna, 'is Anna <anna@company.org>, who committed it too'],
    ['a machine that merged', [anna], planner, 'is Planner <planner@company.org>, a bot'],
    ['nobody that git knows', [anna], null, 'is not in git: it was squashed or rebased on the web'],
  ])('are not %s', (_case, authors, merger, what) => {
    expect(judge(authors, merger)).toEqual([{ where: 'who merged the plan', what }]);
  });
});
