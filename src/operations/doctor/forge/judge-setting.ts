import { FORGES, type ForgeKind } from '../../../model/forge/forges.ts';
import type { Setting } from '../../../model/forge/setting.ts';
import { buildCheckWriter, buildDiagnosis, type Check } from '../check.ts';

export type SettingJudge = (setting: Setting, holds: boolean | null, why?: string) => Check;

/** Of one forge. `holds`: null = nobody can tell, for the reason `why`. Never passes what is not known. */
export function judgeOn(kind: ForgeKind): SettingJudge {
  return (setting, holds, why = `${FORGES[kind].name} does not tell it`) => {
    const { id, subject, good, bad, code, fix, details = [], isAdvice = false } = setting;
    const write = buildCheckWriter(kind, subject);
    if (holds === null) return write.unknown(id, why);
    if (holds) return write.passed(id, good);
    const diagnosis = buildDiagnosis({ code, error: 'PIPELINE_SETTINGS' }, fix, details);
    return isAdvice ? write.warned(id, bad, diagnosis) : write.failed(id, bad, diagnosis);
  };
}
