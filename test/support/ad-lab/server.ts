import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { writeServerCertificate } from './certificates.ts';
import type { LabLayout } from './layout.ts';
import { findCommand, findPortPrivilege } from './prerequisites.ts';
import { formatSmbConf } from './smb-conf.ts';

const LDAP_PORTS = [389, 636, 3268, 3269];
const READY_MS = 30_000;

/**
 * Starts samba on provisioned data and resolves to its address as soon as LDAPS answers there with the lab's
 * certificate. Tries the addresses in turn. `detached`: it survives this process; otherwise it ends with it.
 */
export async function startServer(layout: LabLayout, addresses: readonly string[], detached: boolean): Promise<string> {
  for (const address of addresses) {
    if (await isTaken(address)) continue;
    await writeServerCertificate(layout, address);
    mkdirSync(layout.runtime, { recursive: true });
    rmSync(layout.pidFile, { force: true });
    writeFileSync(layout.smbConf, formatSmbConf(layout, address));
    writeFileSync(layout.address, address);
    const child = spawnSamba(layout, detached);
    if (await isReady(layout, address, child)) return address;
    await stopServer(layout);
  }
  throw new Error(`samba did not start on ${addresses.join(', ')}; its log is ${layout.log}`);
}

/** Resolves when samba has ended; at once if it does not run. */
export async function stopServer(layout: LabLayout): Promise<void> {
  const pid = readServerPid(layout);
  if (pid === undefined) return;
  process.kill(pid, 'SIGTERM');
  for (const end = Date.now() + 10_000; readServerPid(layout) !== undefined; await delay(20)) {
    if (Date.now() > end) process.kill(pid, 'SIGKILL');
  }
  rmSync(layout.pidFile, { force: true });
}

/** Undefined if samba does not run on this lab. */
export function readServerPid(layout: LabLayout): number | undefined {
  if (!existsSync(layout.pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(layout.pidFile, 'utf8'), 10);
  const program = `/proc/${pid}/comm`;
  // The number may meanwhile belong to another program. (samba overwrites its command line.)
  return existsSync(program) && readFileSync(program, 'utf8').startsWith('samba') ? pid : undefined;
}

function spawnSamba(layout: LabLayout, detached: boolean): ChildProcess {
  const samba = [findCommand('samba') ?? 'samba', '-i', '-s', layout.smbConf, '-M', 'single'];
  const log = openSync(layout.log, 'a', 0o600);
  const [command = '', ...parameters] = findPortPrivilege() === 'sudo' ? [...buildSudoPrefix(), ...samba] : samba;
  // samba -i ends when its standard input, if that is a pipe, is closed: so it cannot outlive a test run.
  const child = spawn(command, parameters, { detached, stdio: [detached ? 'ignore' : 'pipe', log, log] });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  return child;
}

/** The caller's own user with one capability more: nothing in the lab then belongs to root. */
function buildSudoPrefix(): string[] {
  const ids = [`--reuid=${process.getuid?.()}`, `--regid=${process.getgid?.()}`, '--clear-groups'];
  const capability = ['--inh-caps=+net_bind_service', '--ambient-caps=+net_bind_service'];
  return ['sudo', '-n', findCommand('setpriv') ?? 'setpriv', ...ids, ...capability];
}

async function isReady(layout: LabLayout, address: string, child: ChildProcess): Promise<boolean> {
  const wanted = new X509Certificate(readFileSync(layout.certFile)).fingerprint256;
  for (const end = Date.now() + READY_MS; Date.now() < end; await delay(50)) {
    const found = await readFingerprint(layout, address);
    if (found === wanted && existsSync(layout.pidFile)) return true;
    if (found !== undefined || child.exitCode !== null) return false;
  }
  return false;
}

/** The SHA-256 of the verified certificate on port 636; undefined if nothing answers or it does not verify. */
function readFingerprint(layout: LabLayout, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: address, port: 636, ca: readFileSync(layout.caFile) });
    socket.setTimeout(2000, () => socket.destroy());
    socket.once('secureConnect', () => resolve(socket.getPeerX509Certificate()?.fingerprint256));
    socket.once('secureConnect', () => socket.end());
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
}

async function isTaken(address: string): Promise<boolean> {
  const answers = await Promise.all(LDAP_PORTS.map((port) => isListening(address, port)));
  return answers.includes(true);
}

function isListening(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host: address, port });
    socket.once('connect', () => resolve(true));
    socket.once('connect', () => socket.destroy());
    socket.once('error', () => resolve(false));
  });
}
