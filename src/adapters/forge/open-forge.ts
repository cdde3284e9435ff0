import { ReconcileError } from '../../model/errors.ts';
import { FORGE_KINDS, type ForgeKind } from '../../model/forge/forge-kind.ts';
import type { Forge } from '../../model/forge/forge.ts';

/** The forge whose job this is, unless one is named. Throws CLI_USAGE for an unknown name, and without its variables. */
export async function openForge(
  named: string | undefined,
  environment: NodeJS.ProcessEnv,
  version: string,
): Promise<Forge> {
  const kind = named ?? forgeOf(environment);
  switch (kind as ForgeKind) {
    case 'github': {
      const { GithubForge } = await import('./github/github-forge.ts');
      const { readGithubPlace } = await import('./github/github-place.ts');
      const { GithubWriter } = await import('./github/github-writer.ts');
      return new GithubForge(new GithubWriter(readGithubPlace(environment), version));
    }
    case 'gitlab':
      return (await import('./gitlab/gitlab-forge.ts')).openGitlab(environment, version);
    case 'forgejo':
      return (await import('./forgejo/forgejo-forge.ts')).openForgejo(environment, version);
    case 'azure':
      return (await import('./azure/open-azure.ts')).openAzure(environment, version);
    default:
      throw new ReconcileError('CLI_USAGE', `--forge ${kind} is not known`, {
        remedy: `Choose one of: ${FORGE_KINDS.join(', ')}.`,
      });
  }
}

/** Runners of Forgejo and Gitea also set what those of GitHub set. */
function forgeOf(environment: NodeJS.ProcessEnv): ForgeKind {
  const { GITLAB_CI, FORGEJO_ACTIONS, GITEA_ACTIONS, TF_BUILD } = environment;
  if (GITLAB_CI) return 'gitlab';
  if (FORGEJO_ACTIONS || GITEA_ACTIONS) return 'forgejo';
  return TF_BUILD ? 'azure' : 'github';
}
