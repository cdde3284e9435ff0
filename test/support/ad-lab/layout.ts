import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabManifest } from './manifest.ts';

/** Where things lie in the directory of a lab. */
export interface LabLayout {
  readonly directory: string;
  readonly manifest: string;
  readonly options: string;
  readonly address: string;
  readonly servicePassword: string;
  readonly administratorPassword: string;
  readonly caFile: string;
  readonly caKey: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly domain: string;
  readonly runtime: string;
  readonly smbConf: string;
  readonly pidFile: string;
  readonly log: string;
}

export function buildLayout(directory: string): LabLayout {
  const at = (...parts: string[]): string => join(directory, ...parts);
  return {
    directory,
    manifest: at('manifest.json'),
    options: at('lab.json'),
    address: at('address'),
    servicePassword: at('svc_zivver.password'),
    administratorPassword: at('administrator.password'),
    caFile: at('tls', 'ca.pem'),
    caKey: at('tls', 'ca.key'),
    certFile: at('tls', 'dc1.pem'),
    keyFile: at('tls', 'dc1.key'),
    domain: at('domain'),
    runtime: at('run'),
    smbConf: at('smb.conf'),
    pidFile: at('run', 'samba.pid'),
    log: at('samba.log'),
  };
}

export function readManifest(layout: LabLayout): LabManifest {
  return JSON.parse(readFileSync(layout.manifest, 'utf8')) as LabManifest;
}

/** What a lab is made from; another choice is another lab. */
export interface LabOptions {
  readonly people: number;
  readonly seed: string;
}

/** Undefined if there is no finished lab in the directory. */
export function readLabOptions(layout: LabLayout): LabOptions | undefined {
  if (!existsSync(layout.options)) return undefined;
  return JSON.parse(readFileSync(layout.options, 'utf8')) as LabOptions;
}
