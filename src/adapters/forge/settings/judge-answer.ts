import type { Setting, SettingAnswer, SettingFinding } from '../../../model/forge/setting.ts';

/** One line of a checklist, and how an answer of the forge says whether it holds; null: it does not say. */
export interface AnsweredSetting extends Setting {
  readonly holds: (data: unknown) => boolean | null;
}

/** What one answer says of several settings; unread, it says nothing of any. */
export function judgeAnswer(answer: SettingAnswer, settings: readonly AnsweredSetting[]): readonly SettingFinding[] {
  return settings.map(({ holds, ...setting }) =>
    answer.isKnown ? { setting, holds: holds(answer.data) } : { setting, holds: null, why: answer.why },
  );
}
