import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { hasPasswordlessSudo } from './ad-lab/prerequisites.ts';

const POLICY = '/usr/sbin/policy-rc.d';

export type RunAsRoot = (...command: string[]) => Promise<void>;

export function isDebianLike(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync(release, 'utf8'));
}

/** Those of the packages that are not installed; all where nobody can tell. */
export async function listMissing(packages: readonly string[]): Promise<readonly string[]> {
  if (!isDebianLike()) return packages;
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = await execa('dpkg-query', ['-W', `-f=${format}`, ...packages], { reject: false });
  const installed = new Set(stdout.split('\n').filter((line) => line.endsWith(' installed')));
  return packages.filter((name) => !installed.has(`${name} installed`));
}

/** Undefined if nothing can be installed here: no Debian or Ubuntu, or no right to. */
export function findRoot(): RunAsRoot | undefined {
  const isRoot = process.getuid?.() === 0;
  if (!isDebianLike() || !(isRoot || hasPasswordlessSudo())) return undefined;
  return async (...command) => {
    const [program = '', ...parameters] = isRoot
      ? command
      : ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
    await execa(program, parameters, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
}

/** Installs the packages, after an update if they are not known yet, and starts none of their services. */
export async function installPackages(packages: readonly string[], runAsRoot: RunAsRoot): Promise<void> {
  const install = (): Promise<void> => runAsRoot('apt-get', 'install', '-y', '--no-install-recommends', ...packages);
  const forbids = process.getuid?.() === 0 && !existsSync(POLICY);
  // 101 tells the package scripts not to start services, which would occupy the ports.
  if (forbids) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install().catch(async () => {
      await runAsRoot('apt-get', 'update');
      await install();
    });
  } finally {
    if (forbids) rmSync(POLICY, { force: true });
  }
}
