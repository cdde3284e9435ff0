import type { ReviewConfiguration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { FORGES } from '../../model/forge/forges.ts';
import type { Forge } from '../../model/forge/forge.ts';
import type { SettingsReader } from '../../model/forge/setting.ts';
import type { ReviewReader } from '../../model/forge/review-reader.ts';

/** How one forge is reached; each folder here exports one. */
export interface ForgeAdapter {
  /** From the variables of its job. Throws CLI_USAGE if they name no repository. */
  readonly openForge: (environment: NodeJS.ProcessEnv, version: string) => Forge;
  /** From approval.reviews, else from the variables of its job. */
  readonly openReviews: (
    reviews: ReviewConfiguration,
    environment: NodeJS.ProcessEnv,
    given: ReaderSurroundings,
  ) => ReviewReader;
  /** As `openReviews`; null: operations/doctor/forge compares its settings with a client of its own. */
  readonly openSettings:
    | ((reviews: ReviewConfiguration, environment: NodeJS.ProcessEnv, given: ReaderSurroundings) => SettingsReader)
    | null;
}

export interface ReaderSurroundings {
  /** URL of the git remote; it may hold a token, and is never shown. */
  readonly remoteUrl: string;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** Of one request. */
  readonly timeoutMs?: number;
}

/** For errors about the token of `openReviews`. */
export const REVIEWS_PURPOSE = 'the token that reads pull requests and their reviews';

/** Throws CONFIGURATION_INVALID (3). */
export function refusePlace({ forge }: ReviewConfiguration): never {
  throw new ReconcileError('CONFIGURATION_INVALID', `Nothing tells which repository on ${FORGES[forge].name} to ask`, {
    remedy: 'Set approval.reviews.repository and approval.reviews.apiUrl, or apply in a job of that forge.',
  });
}
