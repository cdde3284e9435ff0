import type { ForgeKind } from '../../../src/model/forge/forges.ts';
import type { ForgeStub } from '../forge/forge-memory.ts';
import type { PipelineWorld } from './pipeline-world.ts';

/** What the pipelines of `init` find in the secrets of every forge of these tests. */
export const SECRETS = {
  forge: 'canary-forge-token',
  ldap: 'canary-ldap-password',
  zivver: 'sandbox-token',
} as const;

export type JobRequest =
  | { readonly job: 'plan'; readonly bootstrap?: boolean }
  /** `branch` is that of the pull request; `folder` one that a runner has kept. */
  | { readonly job: 'review'; readonly branch: string; readonly folder?: string }
  | { readonly job: 'apply' }
  | { readonly job: 'drift' };

export interface JobResult {
  /** Of the first step that failed, as its forge shows it; 0 if none did. */
  readonly exitCode: number;
  /** stdout and stderr of all steps. */
  readonly output: string;
  /** Where the sources of the job were checked out. */
  readonly folder: string;
  /** The folder with the page for reviewers; null where the forge keeps none. */
  readonly report: string | null;
}

/** A forge as its generated pipelines see it: a stub of its API, and a runner that executes what stands in its files. */
export interface PipelineHost {
  readonly kind: ForgeKind;
  /** Where the ledger says that the apply ran. */
  readonly runUrl: string;
  /** As the forge gets it. */
  readonly tokenSent: string;
  startStub(): Promise<ForgeStub>;
  run(world: PipelineWorld, stub: ForgeStub, request: JobRequest): Promise<JobResult>;
}
