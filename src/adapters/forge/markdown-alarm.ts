import type { AlarmText } from '../../model/forge/forge.ts';

/** The text of an issue: output is shown in a block that nothing in it can end; people and issues named in it are not called. */
export function renderMarkdownAlarm({ mark, lead, text }: AlarmText): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${mark}\n${lead}\n\n${fence}text\n${text}\n${fence}`;
}

/** For every issue of ours. */
export const ALARM_LABEL = 'zivver-gitops';
