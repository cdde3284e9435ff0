import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import { buildChange, buildOpen, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

function verdictOf(body: Parameters<typeof buildPlan>[0]): string {
  return /\*\*May I approve\?\*\* \| (.*) \|/.exec(renderMarkdown(buildPlan(body)))?.[1] ?? '';
}

describe('the verdict of a plan that newly leaves access open', () => {
  const open = [buildOpen({ reason: 'claimed', keepsAccess: true })];
  const kept = '1 account may keep access for now although the source does not say so, see what stays open';

  it('says so alone', () => {
    expect(verdictOf({ open })).toContain(`**Only if ${kept}.**`);
  });

  it.each([
    ['somebody is suspended', [buildSuspension('a@hospital.example')]],
    [
      'somebody may read other mail',
      [
        buildChange({
          address: 'a@hospital.example',
          before: { delegates: [] },
          after: { delegates: ['b@hospital.example'] },
        }),
      ],
    ],
  ])('says so too where %s', (_why, changes) => {
    expect(verdictOf({ open, changes })).toContain(`**And only if ${kept}.**`);
    expect(verdictOf({ changes })).not.toContain('keep access');
  });

  it('does not say so of what earlier plans told', () => {
    const told = [buildOpen({ reason: 'claimed', keepsAccess: true, isNew: false })];
    expect(verdictOf({ open: told })).toContain('Yes: nothing changes in Zivver');
  });
});
