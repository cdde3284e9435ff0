/** Where people read the run of a pipeline: on GitHub (with its attempt), GitLab, Forgejo or Azure DevOps; null elsewhere. */
export function runUrlOf(environment: NodeJS.ProcessEnv): string | null {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, FORGEJO_ACTIONS, GITEA_ACTIONS, GITHUB_RUN_NUMBER } = environment;
  const { GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, CI_JOB_URL } = environment;
  const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_BUILDID } = environment;
  if (SYSTEM_COLLECTIONURI && SYSTEM_TEAMPROJECT && BUILD_BUILDID)
    return `${SYSTEM_COLLECTIONURI.replace(/\/+$/, '')}/${encodeURIComponent(SYSTEM_TEAMPROJECT)}/_build/results?buildId=${BUILD_BUILDID}`;
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY || !GITHUB_RUN_ID) return CI_JOB_URL ?? null;
  const runs = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs`;
  // Forgejo and Gitea show a run under its number within the repository.
  if (FORGEJO_ACTIONS || GITEA_ACTIONS) return `${runs}/${GITHUB_RUN_NUMBER}`;
  return `${runs}/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT ?? 1}`;
}
