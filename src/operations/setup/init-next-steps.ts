import { CHECKLISTS } from './pipelines/pipeline-files.ts';
import { wrapText } from '../../model/text/terminal-layout.ts';
import type { InitAnswers } from './init-flags.ts';

/** What people do after `init`, three steps. `identityFile`: null if the key pair was there already. */
export function nextSteps(
  { organisation, template, pipeline }: InitAnswers,
  identityFile: string | null,
): readonly string[] {
  const folder = `desired/${organisation}`;
  const read = `${template.source === null ? `write the source into ${folder}/organisation.yaml` : `read ${folder}/organisation.yaml`}`;
  const secrets = template.source?.kind === 'ldif' ? 'ZIVVER_API_KEY' : 'LDAP_PASSWORD and ZIVVER_API_KEY';
  const stored =
    identityFile === null
      ? ''
      : ` Store ${identityFile} as the secret ZIVVER_GITOPS_IDENTITY of the apply job, then delete the file.`;
  const settings = pipeline === null ? '' : ` Tick off ${CHECKLISTS[pipeline.kind]}.`;
  return [
    `Look over: ${read}, commit it and push.${stored}${settings}`,
    `Test: set ${secrets} in the environment (never in a file of the repository), then: npx zivver-gitops --organisation ${organisation} doctor`,
    `First plan: npx zivver-gitops --organisation ${organisation} plan --bootstrap. It suspends nobody; read it, commit it, have it merged, apply it.`,
  ];
}

export function renderNextSteps(steps: readonly string[], width: number): string {
  const shown = steps.map((step, index) =>
    wrapText(step, width - 5)
      .map((line, row) => (row === 0 ? `  ${index + 1}. ${line}` : `     ${line}`))
      .join('\n'),
  );
  return `\nNext:\n${shown.join('\n')}`;
}
