import { FORGES, type ForgeKind } from '../../../model/forge/forges.ts';
import { buildCheckWriter, buildDiagnosis, type Check } from '../check.ts';
import type { ForgeCheckId, ForgeCode } from './forge-checks.ts';

/** One line of the checklist. */
export interface Setting {
  readonly id: ForgeCheckId;
  readonly subject: string;
  /** What was seen if it is as it should be. */
  readonly good: string;
  /** What was seen if it is not. */
  readonly bad: string;
  readonly code: ForgeCode;
  readonly fix: string;
  readonly details?: readonly string[];
}

export type SettingJudge = (setting: Setting, holds: boolean | null, why?: string) => Check;

/** Of one forge. `holds`: null = nobody can tell, for the reason `why`. Never passes what is not known. */
export function judgeOn(kind: ForgeKind): SettingJudge {
  return (setting, holds, why = `${FORGES[kind].name} does not tell it`) => {
    const { id, subject, good, bad, code, fix, details = [] } = setting;
    const write = buildCheckWriter(kind, subject);
    if (holds === null) return write.unknown(id, why);
    if (holds) return write.passed(id, good);
    return write.failed(id, bad, buildDiagnosis({ code, error: 'PIPELINE_SETTINGS' }, fix, details));
  };
}
