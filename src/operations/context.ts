import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from '../model/configuration/configuration.ts';
import { readConfiguration } from './reading/read-configuration.ts';
import { ReconcileError } from '../model/errors.ts';
import { withholdFromGit } from '../adapters/git/git-surroundings.ts';
import { GitRepository } from '../adapters/git/repository.ts';
import { readVersion } from './version.ts';

/** What nearly every command starts from. */
export interface CommandContext {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly version: string;
}

export interface CommonOptions {
  readonly organisation?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function openContext(options: CommonOptions): Promise<CommandContext> {
  return openContextIn(await GitRepository.open(process.cwd()), options);
}

/** As `openContext`, in a repository that is open. */
export async function openContextIn(git: GitRepository, options: CommonOptions): Promise<CommandContext> {
  const organisation =
    options.organisation === undefined ? findOnlyOrganisation(git.root) : verifyName(options.organisation);
  const configuration = await readConfiguration(git.root, organisation);
  withholdFromGit(configuration.sources.flatMap(({ ldap }) => ldap?.passwordVariable ?? []));
  return { git, configuration, version: readVersion() };
}

/** The repository and the organisations a command is about: the named one, or all. */
export async function openRepository(
  options: CommonOptions,
): Promise<{ git: GitRepository; organisations: readonly string[] }> {
  const git = await GitRepository.open(process.cwd());
  if (options.organisation !== undefined) return { git, organisations: [verifyName(options.organisation)] };
  const organisations = listOrganisations(git.root);
  if (organisations.length === 0) findOnlyOrganisation(git.root);
  return { git, organisations };
}

/** The name of a folder, not a way to one: the same organisation would have two names in plans and ledger. */
function verifyName(name: string): string {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name)) return name;
  throw new ReconcileError('CLI_USAGE', '--organisation is not the name of a folder in desired/', {
    remedy: 'Give the name alone, as in desired/NAME/organisation.yaml.',
  });
}

function findOnlyOrganisation(root: string): string {
  const names = listOrganisations(root);
  if (names.length === 1) return names[0] as string;
  const what =
    names.length === 0
      ? 'desired/ has no organisation'
      : `desired/ has ${names.length} organisations: ${names.join(', ')}`;
  throw new ReconcileError('CLI_USAGE', what, {
    remedy: names.length === 0 ? 'Make one with: zivver-gitops init ORGANISATION' : 'Name one with --organisation.',
  });
}

function listOrganisations(root: string): string[] {
  try {
    return readdirSync(path.join(root, 'desired'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}
