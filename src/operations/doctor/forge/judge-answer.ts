import type { SettingAnswer } from '../../../model/forge/setting-answer.ts';
import type { Check } from '../check.ts';
import type { Setting, SettingJudge } from './judge-setting.ts';

/** One line of a checklist, and how an answer of the forge says whether it holds; null: it does not say. */
export interface AnsweredSetting extends Setting {
  readonly holds: (data: unknown) => boolean | null;
}

/** What one answer says of several settings; unread, it says nothing of any. */
export function judgeAnswer(
  judge: SettingJudge,
  answer: SettingAnswer,
  settings: readonly AnsweredSetting[],
): readonly Check[] {
  return settings.map((setting) =>
    answer.isKnown ? judge(setting, setting.holds(answer.data)) : judge(setting, null, answer.why),
  );
}
