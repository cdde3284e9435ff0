import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import type { LabLayout } from './layout.ts';

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** The lab's own certification authority, valid for ten years. */
export async function writeCertificationAuthority(layout: LabLayout): Promise<void> {
  mkdirSync(dirname(layout.caKey), { recursive: true });
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  const subject = ['-subj', '/O=COMPANY/CN=COMPANY lab CA', '-days', '3650', ...extensions];
  await execa('openssl', ['req', '-x509', ...NEW_KEY, '-keyout', layout.caKey, '-out', layout.caFile, ...subject]);
  chmodSync(layout.caKey, 0o600);
}

/**
 * A new certificate of the domain controller for localhost, 127.0.0.1, dc1.company.org and `address`.
 * New at every start: so a client can tell this server from another lab's on the same port.
 */
export async function writeServerCertificate(layout: LabLayout, address: string): Promise<void> {
  const request = `${layout.certFile}.csr`;
  const extensions = `${layout.certFile}.ext`;
  const addresses = [...new Set(['127.0.0.1', address])].map((ip) => `IP:${ip}`);
  const names = ['DNS:localhost', 'DNS:dc1.company.org', 'DNS:company.org', ...addresses].join(',');
  writeFileSync(extensions, `subjectAltName=${names}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`);
  const subject = ['-subj', '/CN=dc1.company.org'];
  await execa('openssl', ['req', '-new', ...NEW_KEY, '-keyout', layout.keyFile, '-out', request, ...subject]);
  chmodSync(layout.keyFile, 0o600);
  const authority = ['-CA', layout.caFile, '-CAkey', layout.caKey, '-CAcreateserial'];
  await execa('openssl', [
    'x509',
    '-req',
    '-in',
    request,
    ...authority,
    '-days',
    '825',
    '-extfile',
    extensions,
    '-out',
    layout.certFile,
  ]);
  for (const file of [request, extensions]) rmSync(file);
}
