import { buildCheckWriter, buildDiagnosis, type Check } from '../check.ts';
import type { GithubCheckId, GithubCode } from './github-checks.ts';

/** One line of the checklist. */
export interface Setting {
  readonly id: GithubCheckId;
  readonly subject: string;
  /** What was seen if it is as it should be. */
  readonly good: string;
  /** What was seen if it is not. */
  readonly bad: string;
  readonly code: GithubCode;
  readonly fix: string;
  readonly details?: readonly string[];
}

/** `holds`: null = nobody can tell, for the reason `why`. Never passes what is not known. */
export function judgeSetting(setting: Setting, holds: boolean | null, why = 'GitHub does not tell it'): Check {
  const { id, subject, good, bad, code, fix, details = [] } = setting;
  const write = buildCheckWriter('github', subject);
  if (holds === null) return write.unknown(id, why);
  if (holds) return write.passed(id, good);
  return write.failed(id, bad, buildDiagnosis({ code, error: 'PIPELINE_SETTINGS' }, fix, details));
}
