import { join } from 'node:path';
import type { LabLayout } from './layout.ts';

/** Samba's settings for a lab: LDAP only, one loopback address, every path inside the lab's directory. */
export function formatSmbConf(layout: LabLayout, address: string): string {
  const settings: Readonly<Record<string, string>> = {
    'netbios name': 'DC1',
    realm: 'COMPANY.ORG',
    workgroup: 'COMPANY',
    'server role': 'active directory domain controller',
    'server services': 'ldap',
    // Without the mask samba finds no interface.
    interfaces: `${address}/8`,
    'bind interfaces only': 'yes',
    'private dir': join(layout.domain, 'private'),
    'state directory': join(layout.domain, 'state'),
    'binddns dir': join(layout.domain, 'bind-dns'),
    'lock directory': layout.runtime,
    'cache directory': layout.runtime,
    'pid directory': layout.runtime,
    'ncalrpc dir': join(layout.runtime, 'ncalrpc'),
    'winbindd socket directory': join(layout.runtime, 'winbindd'),
    'ntp signd socket directory': join(layout.runtime, 'ntp-signd'),
    'log file': layout.log,
    'max log size': '0',
    'tls enabled': 'yes',
    'tls certfile': layout.certFile,
    'tls keyfile': layout.keyFile,
    'tls cafile': layout.caFile,
  };
  const lines = Object.entries(settings).map(([name, value]) => `  ${name} = ${value}`);
  return `[global]\n${lines.join('\n')}\n`;
}
