import type { Configuration } from '../../model/configuration/configuration.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';

/** All that the checks need of the world around them. */
export interface DoctorQuestion {
  readonly configuration: Configuration;
  readonly git: GitRepository;
  readonly environment: NodeJS.ProcessEnv;
  readonly now: () => Date;
  readonly userAgent: string;
  /** Text of a file that organisation.yaml names; throws `CONFIGURATION_INVALID`. */
  readonly readConfiguredFile: (folder: string, name: string, key: string) => string;
  readonly timeouts: DoctorTimeouts;
}

export interface DoctorTimeouts {
  /** Until a connection counts as filtered. */
  readonly connectMs: number;
  /** For one answer. */
  readonly answerMs: number;
}
