import { ReconcileError } from '../../../model/errors.ts';
import { requireSecret } from '../../secrets/environment.ts';
import { ForgeRest } from '../forge-rest.ts';
import { AzureForge } from './azure-forge.ts';

/** From the variables that Azure Pipelines sets in every job, and SYSTEM_ACCESSTOKEN, which a step must ask for. */
export function openAzure(environment: NodeJS.ProcessEnv, version: string): AzureForge {
  const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID } = environment;
  if (!SYSTEM_COLLECTIONURI || !SYSTEM_TEAMPROJECT || !BUILD_REPOSITORY_ID)
    throw new ReconcileError(
      'CLI_USAGE',
      'SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT and BUILD_REPOSITORY_ID name no repository',
      {
        remedy: 'Run this command in Azure Pipelines, or set what it sets there.',
      },
    );
  const variable = 'SYSTEM_ACCESSTOKEN';
  const token = requireSecret(environment, variable, 'the token that opens pull requests, threads and work items');
  const collectionUrl = SYSTEM_COLLECTIONURI.replace(/\/+$/, '');
  const headers = { authorization: `Bearer ${token}`, 'user-agent': `zivver-gitops/${version}` };
  const rest = new ForgeRest({ name: 'Azure DevOps', apiUrl: collectionUrl, headers, variable });
  return new AzureForge(rest, { collectionUrl, project: SYSTEM_TEAMPROJECT, repository: BUILD_REPOSITORY_ID });
}
