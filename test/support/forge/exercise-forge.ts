import type { Forge } from '../../../src/model/forge/forge.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** Everything that a pipeline asks of a forge, once. `merge`: people merge a pull request. */
export async function exerciseForge(forge: Forge, merge: (number: number, commit: string) => void): Promise<void> {
  await forge.readAuthor();
  const text = { title: 'Plan 1', body: 'What changes' };
  const number = await forge.openProposal({ ...text, branch: 'zivver-gitops/plan-city', base: 'main' });
  await forge.listProposals('main');
  await forge.editProposal(number, text);
  await forge.addComment(number, 'The review');
  const [comment] = await forge.listComments(number);
  await forge.editComment(number, comment?.id ?? '', 'The review of another plan');
  await forge.writeLabels(number, ['zivver: new accounts', 'zivver: suspensions']);
  await forge.writeLabels(number, ['zivver: new accounts']);
  await forge.readLabels(number);
  merge(number, COMMIT);
  await forge.findMerged(COMMIT);
  const other = await forge.openProposal({ ...text, branch: 'zivver-gitops/plan-town', base: 'main' });
  await forge.closeProposal(other);
  const alarm = { mark: '<!-- zivver-gitops:issue:city:drift -->', title: 'Drift', lead: 'Look', text: 'what' };
  const told = await forge.openAlarm(alarm);
  await forge.findAlarm(alarm.mark);
  await forge.editAlarm(told, alarm);
  await forge.closeAlarm(told, 'All is well again');
}
