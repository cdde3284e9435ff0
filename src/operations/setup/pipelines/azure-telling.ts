import { CALL, NOTIFY_SECRETS } from './yaml-parts.ts';

/** Last, and alone with the secrets of mail and webhooks: whatever it does, the job ends as it would without it. */
export function renderTellStep(variable: string, after: 'plan' | 'apply' | 'daily'): string {
  const text = after === 'daily' ? ' --text "$AGENT_TEMPDIRECTORY/drift.txt"' : '';
  const secrets = NOTIFY_SECRETS.map((name) => `          ${name}: $(${name})\n`).join('');
  return `      - bash: ${CALL} notify --after ${after} --code "$CODE"${text}
        displayName: Tell whom organisation.yaml says (notify)
        condition: and(always(), ne(variables['${variable}'], ''))
        continueOnError: true
        env:
          CODE: $(${variable})
          SYSTEM_ACCESSTOKEN: $(System.AccessToken)
${secrets}`;
}

/** The page of `site`, kept with the run. */
export const FIGURES = `      - bash: ${CALL} site "$(Build.ArtifactStagingDirectory)/figures"
        displayName: A page with figures, without names
        condition: always()
        env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }
      - publish: $(Build.ArtifactStagingDirectory)/figures
        artifact: figures-$(ORGANISATION)
        displayName: Keep the page
        condition: always()
`;
