import type { ReviewConfiguration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { FORGE_KINDS, forgeOfJob, type ForgeKind } from '../../model/forge/forges.ts';
import type { Forge } from '../../model/forge/forge.ts';
import type { ReviewReader } from '../../model/forge/review-reader.ts';
import type { SettingsReader } from '../../model/forge/setting.ts';
import type { ForgeAdapter, ReaderSurroundings } from './forge-adapter.ts';

const ADAPTERS: Readonly<Record<ForgeKind, () => Promise<ForgeAdapter>>> = {
  github: async () => (await import('./github/open-github.ts')).GITHUB,
  gitlab: async () => (await import('./gitlab/open-gitlab.ts')).GITLAB,
  forgejo: async () => (await import('./forgejo/open-forgejo.ts')).FORGEJO,
  azure: async () => (await import('./azure/open-azure.ts')).AZURE,
};

/** The forge whose job this is, unless one is named. Throws CLI_USAGE for an unknown name, and without its variables. */
export async function openForge(
  named: string | undefined,
  environment: NodeJS.ProcessEnv,
  version: string,
): Promise<Forge> {
  const kind = named === undefined ? forgeOfJob(environment) : FORGE_KINDS.find((known) => known === named);
  if (kind === undefined)
    throw new ReconcileError('CLI_USAGE', `--forge ${named} is not known`, {
      remedy: `Choose one of: ${FORGE_KINDS.join(', ')}.`,
    });
  return (await ADAPTERS[kind]()).openForge(environment, version);
}

/**
 * The forge that approval.reviews names. Throws CONFIGURATION_SECRET_MISSING (3) without its token, CONFIGURATION_INVALID (3) if
 * neither organisation.yaml nor the job tells the repository, or the address is one to which no token may go.
 */
export async function openReviewReader(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): Promise<ReviewReader> {
  return (await ADAPTERS[reviews.forge]()).openReviews(reviews, environment, given);
}

/** Its settings; null: it has none that are read this way. Throws as `openReviewReader` does. */
export async function openSettingsReader(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): Promise<SettingsReader | null> {
  return (await ADAPTERS[reviews.forge]()).openSettings?.(reviews, environment, given) ?? null;
}
