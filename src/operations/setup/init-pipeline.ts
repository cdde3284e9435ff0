import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readConfiguration } from '../reading/read-configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { GitRepository } from '../../adapters/git/repository.ts';
import type { ForgeKind } from '../../model/forge/forges.ts';
import { buildPipelineFiles } from './pipelines/pipeline-files.ts';
import { writePipeline } from './pipelines/write-pipeline.ts';

export interface PipelineRequest {
  readonly kind: ForgeKind;
  readonly runner: string;
  readonly schedule: string;
  readonly owners: readonly string[];
  readonly force: boolean;
}

/** Writes the pipelines for all organisations of the repository. Returns what it did, for people. */
export async function initPipeline({
  kind,
  runner,
  schedule,
  owners,
  force,
}: PipelineRequest): Promise<readonly string[]> {
  const git = await GitRepository.open(process.cwd());
  const organisations = await listOrganisations(git.root);
  const branch = await readBranch(git.root, organisations);
  const files = buildPipelineFiles(kind, { organisations, branch, runner, owners, schedule });
  const { lines, differing } = await writePipeline(git.root, files, force);
  if (differing.length > 0)
    throw new ReconcileError('CLI_USAGE', `${differing.length} pipeline files say something else and were left alone`, {
      remedy: 'Take over what you want by hand, or run it again with --force.',
      problems: differing.map(({ name, difference }) => ({ where: name, what: difference })),
    });
  return lines;
}

async function listOrganisations(root: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(root, 'desired'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && /^[a-z0-9][a-z0-9-]{0,62}$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** One push starts the apply of all organisations, so they share their branch. */
async function readBranch(root: string, organisations: readonly string[]): Promise<string> {
  const configurations = await Promise.all(organisations.map((name) => readConfiguration(root, name)));
  const branches = [...new Set(configurations.map(({ approval }) => approval.branch))];
  const [branch] = branches;
  if (branch !== undefined && branches.length === 1 && /^[\w./-]+$/.test(branch)) return branch;
  throw new ReconcileError('CLI_USAGE', `The organisations name ${branches.length} branches: ${branches.join(', ')}`, {
    remedy: 'Name the same approval.branch in every organisation.yaml, of letters, digits, dots, dashes and slashes.',
  });
}
