import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { findRoot, installPackages, isDebianLike, listMissing, type RunAsRoot } from '../debian-packages.ts';
import { findCommand } from './prerequisites.ts';

const PACKAGES = ['samba', 'samba-ad-provision', 'samba-dsdb-modules', 'python3-samba', 'ldap-utils', 'openssl'];
/** Newer distributions ship the domain controller itself in a package of its own. */
const CONTROLLER_PACKAGE = 'samba-ad-dc';
const SERVICES = ['smbd', 'nmbd', 'winbind', 'samba-ad-dc'];

/** Installs what a lab needs on Debian and Ubuntu. Resolves to one sentence: what was done. Throws what to install by hand. */
export async function installPrerequisites(): Promise<string> {
  const missing = await listMissingOfLab();
  if (missing.length === 0) return 'Everything the AD lab needs is installed already.';
  const runAsRoot = findRoot();
  if (runAsRoot === undefined) {
    throw new Error(
      `Install these packages as root (names of Debian and Ubuntu): ${[...PACKAGES, CONTROLLER_PACKAGE].join(' ')}`,
    );
  }
  await installPackages(missing, runAsRoot);
  if (findCommand('samba') === undefined) await installPackages([CONTROLLER_PACKAGE], runAsRoot);
  if (missing.includes('samba') && existsSync('/run/systemd/system')) await disableServices(runAsRoot);
  return `Installed ${missing.join(', ')}.`;
}

async function listMissingOfLab(): Promise<readonly string[]> {
  const missing = await listMissing(PACKAGES);
  return missing.length === 0 && isDebianLike() && findCommand('samba') === undefined ? [CONTROLLER_PACKAGE] : missing;
}

/** Only after we installed them: services that were there before are somebody's choice. */
async function disableServices(runAsRoot: RunAsRoot): Promise<void> {
  for (const service of SERVICES) {
    const { exitCode } = await execa('systemctl', ['cat', service], { reject: false, stdio: 'ignore' });
    if (exitCode === 0) await runAsRoot('systemctl', 'disable', '--now', service);
  }
}
