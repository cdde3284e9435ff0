import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ReconcileError } from '../../../model/errors.ts';
import type { GitRepository } from '../../../adapters/git/repository.ts';
import { readConfiguration } from '../../reading/read-configuration.ts';
import { readVersion } from '../../version.ts';
import { readAuditFindings } from '../read-audit-findings.ts';
import { readAudit } from '../read-audit.ts';
import { renderSite } from './render-site.ts';
import { buildSiteFigures, type SiteFigures } from './site-figures.ts';

export interface SiteRequest {
  readonly git: GitRepository;
  readonly organisations: readonly string[];
  readonly isOffline: boolean;
  readonly showsNames: boolean;
}

export async function readSite({
  git,
  organisations,
  isOffline,
  showsNames,
}: SiteRequest): Promise<readonly SiteFigures[]> {
  const fleet: SiteFigures[] = [];
  for (const organisation of organisations) {
    const configuration = await readConfiguration(git.root, organisation);
    const audit = await readAudit({ git, configuration, version: readVersion() }, { isOffline });
    const findings = await readAuditFindings({ git, configuration }, audit);
    const { records, ledger } = audit;
    fleet.push(buildSiteFigures(organisation, { records, head: ledger.head, findings, showsNames }));
  }
  return fleet;
}

/** `index.html` in the folder, which is made if it is not there. Throws CLI_USAGE. */
export async function writeSite(fleet: readonly SiteFigures[], folder: string): Promise<string> {
  const file = path.join(folder, 'index.html');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, renderSite(fleet));
    return file;
  } catch (cause) {
    throw new ReconcileError('CLI_USAGE', `${file} cannot be written`, {
      remedy: 'Name a folder that you may write to.',
      cause,
    });
  }
}
