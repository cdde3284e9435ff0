import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { applyLdif } from './apply-ldif.ts';
import { DEFAULT_SEED } from './default-seed.ts';
import type { LabLayout } from './layout.ts';
import { buildLayout, readManifest } from './layout.ts';
import { listAddresses } from './addresses.ts';
import type { LabManifest } from './manifest.ts';
import { SERVICE_LOGIN } from './population/logins.ts';
import { isAdLabAvailable } from './prerequisites.ts';
import { startServer, stopServer } from './server.ts';
import { copyTemplate } from './template.ts';

/** A running Samba domain controller, COMPANY.ORG, with an invented hospital in it. */
export interface AdLab {
  /** `ldaps://localhost:636`, or with the IP address if it is another than 127.0.0.1. The certificate covers both. */
  readonly url: string;
  readonly address: string;
  readonly baseDn: string;
  /** View-only: an ordinary domain user, `COMPANY\svc_zivver`. */
  readonly user: string;
  readonly password: string;
  readonly adminUser: string;
  readonly adminPassword: string;
  readonly caFile: string;
  /** The server's certificate and key, for a relay in front of it. */
  readonly certFile: string;
  readonly keyFile: string;
  /** What was loaded; `modify` does not change it. */
  readonly manifest: LabManifest;
  /** Applies LDIF change records (`changetype: add|modify|delete|modrdn`) as administrator. Rejects with the server's words. */
  modify(ldif: string): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

export interface AdLabOptions {
  /** User entries, default 300, at least 100. */
  readonly people?: number;
  readonly seed?: string;
  /** A loopback address; default 127.0.0.1 or, if its LDAP ports are taken, another one. */
  readonly address?: string;
}

/**
 * Starts a lab of its own for the caller: a copy of a provisioned template (about 2 s; about 10 s when the template
 * has to be made first). It ends with the calling process at the latest. Needs `isAdLabAvailable() === true`.
 */
export async function startAdLab(options: AdLabOptions = {}): Promise<AdLab> {
  const obstacle = isAdLabAvailable();
  if (obstacle !== true) throw new Error(`no AD lab here: ${obstacle}`);
  const directory = mkdtempSync(join(tmpdir(), 'ad-lab-'));
  try {
    await copyTemplate(directory, { people: options.people ?? 300, seed: options.seed ?? DEFAULT_SEED });
    const layout = buildLayout(directory);
    const address = await startServer(layout, listAddresses(options.address), false);
    return describeLab(layout, address);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/** `describe` if a lab can be started here; otherwise one skipped test that says loudly what is not tested and why. */
export function describeWithLab(name: string, suite: () => void): void {
  const available = isAdLabAvailable();
  if (available === true) describe(name, suite);
  else it.skip(`NOT TESTED: "${name}" needs the AD lab: ${available}`);
}

export { isAdLabAvailable };

/** The same description for a lab that somebody else has started. */
export function describeLab(layout: LabLayout, address: string): AdLab {
  const manifest = readManifest(layout);
  const adminPassword = readFileSync(layout.administratorPassword, 'utf8');
  const adminUser = 'COMPANY\\administrator';
  const host = address === '127.0.0.1' ? 'localhost' : address;
  return {
    url: `ldaps://${host}:636`,
    address,
    baseDn: manifest.baseDn,
    user: `COMPANY\\${SERVICE_LOGIN}`,
    password: readFileSync(layout.servicePassword, 'utf8'),
    adminUser,
    adminPassword,
    caFile: layout.caFile,
    certFile: layout.certFile,
    keyFile: layout.keyFile,
    manifest,
    modify: (ldif) =>
      applyLdif(ldif, { address, user: adminUser, passwordFile: layout.administratorPassword, caFile: layout.caFile }),
    stop: async () => {
      await stopServer(layout);
      rmSync(layout.directory, { recursive: true, force: true });
    },
  };
}
