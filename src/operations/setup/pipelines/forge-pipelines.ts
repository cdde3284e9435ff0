import type { PipelineOptions } from './yaml-parts.ts';

/** Path from the root of the repository, with forward slashes, and text. */
export type Files = readonly (readonly [path: string, text: string])[];

/** What `init --ci` writes for one forge. */
export interface ForgePipelines {
  readonly files: (options: PipelineOptions) => Files;
  /** What has to be set by hand. */
  readonly checklist: (options: PipelineOptions) => string;
}
