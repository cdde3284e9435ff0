import { checklistOf, type ForgeKind } from '../../model/forge/forges.ts';
import { wrapText } from '../../model/text/terminal-layout.ts';
import type { InitAnswers } from './init-flags.ts';
import type { MadeOrganisation } from './init-organisation.ts';

export interface NextStep {
  readonly text: string;
  /** To type as they stand. */
  readonly commands: readonly string[];
}

export interface Surroundings extends Pick<MadeOrganisation, 'identityFile' | 'isLive'> {
  /** Branch whose merges are approvals. */
  readonly branch: string;
  /** False: the branch is not on the git remote yet, and the first push makes it. */
  readonly isBranchThere: boolean;
}

/** What people do after `init`. */
export function nextSteps({ organisation, template, pipeline }: InitAnswers, about: Surroundings): readonly NextStep[] {
  const { identityFile, isLive } = about;
  const call = `zivver-gitops --organisation ${organisation}`;
  const file = `desired/${organisation}/organisation.yaml`;
  const read = template.source === null ? `Write the source into ${file}` : `Read ${file}`;
  const secrets = template.source?.kind === 'ldif' ? 'ZIVVER_API_KEY' : 'LDAP_PASSWORD and ZIVVER_API_KEY';
  const steps: NextStep[] = [
    {
      text: isLive ? 'Look at what was written, commit it and push:' : `${read}, commit it and push:`,
      commands: commitCommands(organisation, about),
    },
  ];
  if (identityFile !== null)
    steps.push({
      text: `Store what is in ${identityFile} as the secret ZIVVER_GITOPS_IDENTITY of the apply job, then delete the file. Without it no plan with single sign-on keys can be applied.`,
      commands: [],
    });
  if (pipeline !== null) steps.push({ text: `Tick off ${checklistOf(pipeline.kind as ForgeKind)}.`, commands: [] });
  if (!isLive && template.approval.kind === 'signatures')
    steps.push({
      text: `List who may sign in desired/${organisation}/signers.yaml (name, address, key), by a pull request of its own:`,
      commands: [`${call} signers import ALLOWED_SIGNERS`],
    });
  if (isLive)
    return [...steps, { text: 'The organisation is in use; see what is to do:', commands: [`${call} status`] }];
  steps.push({
    text: `Test: set ${secrets} in the environment (never in a file of the repository), then:`,
    commands: [`${call} doctor`, `${call} preview`],
  });
  steps.push({
    text: 'Make the first plan. It suspends nobody; read it, commit it, have it merged, apply it:',
    commands: [`${call} plan --bootstrap`],
  });
  return steps;
}

function commitCommands(organisation: string, { branch, isBranchThere, isLive }: Surroundings): readonly string[] {
  const what = `${isLive ? 'Update' : 'Start'} ${organisation}`;
  const commit = ['git add -A', `git commit -m "${what}"`];
  if (!isBranchThere) return [...commit, `git push -u origin HEAD:${branch}`];
  const own = `zivver-gitops/set-up-${organisation}`;
  return [
    `git switch -c ${own}`,
    ...commit,
    `git push -u origin ${own}`,
    `# open a pull request to ${branch} and merge it`,
  ];
}

export function renderNextSteps(steps: readonly NextStep[], width: number): string {
  const shown = steps.map(({ text, commands }, index) => {
    const lines = wrapText(text, width - 5).map((line, row) =>
      row === 0 ? `  ${index + 1}. ${line}` : `     ${line}`,
    );
    return [...lines, ...commands.map((command) => `       ${command}`)].join('\n');
  });
  return `\nNext:\n${shown.join('\n')}`;
}
