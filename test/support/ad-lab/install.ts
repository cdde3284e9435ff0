import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { findCommand, hasPasswordlessSudo } from './prerequisites.ts';

const PACKAGES = ['samba', 'samba-ad-provision', 'samba-dsdb-modules', 'python3-samba', 'ldap-utils', 'openssl'];
/** Newer distributions ship the domain controller itself in a package of its own. */
const CONTROLLER_PACKAGE = 'samba-ad-dc';
const SERVICES = ['smbd', 'nmbd', 'winbind', 'samba-ad-dc'];
const POLICY = '/usr/sbin/policy-rc.d';

/** Installs what a lab needs on Debian and Ubuntu. Resolves to one sentence: what was done. Throws what to install by hand. */
export async function installPrerequisites(): Promise<string> {
  const missing = await listMissing();
  if (missing.length === 0) return 'Everything the AD lab needs is installed already.';
  const isRoot = process.getuid?.() === 0;
  if (!isDebianLike() || !(isRoot || hasPasswordlessSudo())) {
    throw new Error(
      `Install these packages as root (names of Debian and Ubuntu): ${[...PACKAGES, CONTROLLER_PACKAGE].join(' ')}`,
    );
  }
  const runAsRoot = async (...command: string[]): Promise<void> => {
    const [program = '', ...parameters] = isRoot
      ? command
      : ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
    await execa(program, parameters, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  await installQuietly(missing, runAsRoot, isRoot);
  return `Installed ${missing.join(', ')}.`;
}

async function installQuietly(missing: readonly string[], runAsRoot: RunAsRoot, isRoot: boolean): Promise<void> {
  const install = (...names: string[]): Promise<void> =>
    runAsRoot('apt-get', 'install', '-y', '--no-install-recommends', ...names);
  const forbids = isRoot && !existsSync(POLICY);
  // The packages' own services would occupy the ports; 101 tells the package scripts not to start them.
  if (forbids) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install(...missing).catch(async () => {
      await runAsRoot('apt-get', 'update');
      await install(...missing);
    });
    if (findCommand('samba') === undefined) await install(CONTROLLER_PACKAGE);
  } finally {
    if (forbids) rmSync(POLICY, { force: true });
  }
  if (missing.includes('samba') && existsSync('/run/systemd/system')) await disableServices(runAsRoot);
}

type RunAsRoot = (...command: string[]) => Promise<void>;

/** Only after we installed them: services that were there before are somebody's choice. */
async function disableServices(runAsRoot: RunAsRoot): Promise<void> {
  for (const service of SERVICES) {
    const { exitCode } = await execa('systemctl', ['cat', service], { reject: false, stdio: 'ignore' });
    if (exitCode === 0) await runAsRoot('systemctl', 'disable', '--now', service);
  }
}

async function listMissing(): Promise<string[]> {
  if (!isDebianLike()) return PACKAGES;
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = await execa('dpkg-query', ['-W', `-f=${format}`, ...PACKAGES], { reject: false });
  const installed = new Set(stdout.split('\n').filter((line) => line.endsWith(' installed')));
  const missing = PACKAGES.filter((name) => !installed.has(`${name} installed`));
  return missing.length === 0 && findCommand('samba') === undefined ? [CONTROLLER_PACKAGE] : missing;
}

function isDebianLike(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync(release, 'utf8'));
}
