import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Only the distribution's Python has the samba module; one from pyenv or the like has not. */
export const PYTHON = '/usr/bin/python3';

/** How samba can be given the LDAP ports, which are compiled in and privileged. */
export type PortPrivilege = 'own' | 'sudo';

let answer: string | true | undefined;

/** True if a lab can be started here, otherwise the reason why not, one phrase. Looked up once a process. */
export function isAdLabAvailable(): string | true {
  answer ??= findObstacle() ?? true;
  return answer;
}

/** Undefined if this user cannot open port 389. */
export function findPortPrivilege(): PortPrivilege | undefined {
  const mayBind = process.getuid?.() === 0 || readLowestPort() <= 389 || hasBindCapability();
  if (mayBind) return 'own';
  return hasPasswordlessSudo() && findCommand('setpriv') ? 'sudo' : undefined;
}

/** Full path, also of programs in the sbin directories that ordinary users do not search. */
export function findCommand(name: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

export function hasPasswordlessSudo(): boolean {
  return findCommand('sudo') !== undefined && isSuccessful('sudo', ['-n', 'true']);
}

function findObstacle(): string | undefined {
  if (process.platform !== 'linux') return `Samba AD DC runs on Linux only, this is ${process.platform}`;
  const missing = ['samba', 'ldapmodify', 'openssl'].filter((name) => findCommand(name) === undefined);
  if (missing.length > 0) return `not installed: ${missing.join(', ')} (npm run ad-lab install)`;
  if (!isSuccessful(PYTHON, ['-c', PROVISION_PROBE])) {
    return 'python3-samba, samba-ad-provision or samba-dsdb-modules is not installed (npm run ad-lab install)';
  }
  if (findPortPrivilege() === undefined)
    return 'neither root nor sudo without a password, so port 389 cannot be opened';
  return undefined;
}

const PROVISION_PROBE = `
import os, sys, samba.provision, samba.param as param
sys.exit(not all(map(os.path.exists, [param.setup_dir() + '/provision.ldif', param.modules_dir() + '/ldb/samba_dsdb.so'])))
`;

function readLowestPort(): number {
  const setting = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
  return existsSync(setting) ? Number(readFileSync(setting, 'utf8')) : 1024;
}

/** CAP_NET_BIND_SERVICE among the ambient capabilities, which child processes keep. */
function hasBindCapability(): boolean {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const ambient = /^CapAmb:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return (BigInt(`0x${ambient}`) & (1n << 10n)) !== 0n;
}

function isSuccessful(command: string, parameters: readonly string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
