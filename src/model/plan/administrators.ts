import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { LimitFinding } from '../schema/generated/plan.ts';

/** Listed administrators must exist and be active in Zivver now. */
export function judgeAdministrators(
  configuration: Configuration,
  index: Pick<ExistingIndex, 'byAddress'>,
): LimitFinding[] {
  const { administrators } = configuration.protected;
  if (administrators.length === 0) return [];
  const lost = administrators.filter((address) => {
    const account = index.byAddress(address);
    return account?.kind !== 'user' || !account.active;
  }).length;
  return [
    {
      rule: 'administrators',
      subject: null,
      observed: lost,
      limit: 0,
      of: administrators.length,
      verdict: lost === 0 ? 'within' : 'exceeded',
    },
  ];
}
