import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/model/review/markdown.ts';
import { buildChange, buildPlan } from '../../../support/plan-builder.ts';

const unmarked = {
  before: { aliases: [], externalAccountId: null },
  after: { aliases: ['b@x.example'], externalAccountId: 'k' },
};
const marked = { before: { aliases: [] }, after: { aliases: ['b@x.example'] } };

function render(change: Partial<Parameters<typeof buildChange>[0]>, sso = true): string {
  return renderMarkdown(buildPlan({ sso, changes: [buildChange({ address: 'a@x.example', ...change })] }));
}

describe('a single sign-on key that a change touches', () => {
  const replaced =
    'its single sign-on key is set, or replaced if it has one: then it cannot log in until the identity provider';
  const erased = 'its single sign-on key in Zivver, if it has one, is erased';

  it('and another may have set is told with the change, in its class and in the verdict', () => {
    const told = render({ ...unmarked, sealed: true });
    expect(told).toContain(replaced);
    expect(told).toContain('## Identity: addresses, marks, single sign-on keys (1)');
    expect(told).toContain(
      '**And only if the identity provider sends the single sign-on key that 1 account may get anew.**',
    );
  });

  it('and this program set before is not', () => {
    const told = render({ ...marked, sealed: true });
    expect(told).not.toContain('single sign-on key is set');
    expect(told).not.toContain('And only if');
  });

  it('is never erased in silence, with single sign-on or without', () => {
    expect(render(unmarked, false)).toContain(`${erased}: sso.enabled is false`);
    expect(render(unmarked, false)).toContain('And only if nobody logs in by single sign-on to 1 account');
    expect(render(marked)).toContain(`${erased}: the source has none for it`);
  });

  it('of a functional account does not exist', () => {
    expect(render({ ...unmarked, kind: 'functional' })).not.toContain('single sign-on key in Zivver');
  });
});
