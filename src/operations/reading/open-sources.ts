import path from 'node:path';
import type { ConfiguredSource, Configuration } from '../../model/configuration/configuration.ts';
import { requireSecret } from '../../adapters/secrets/environment.ts';
import type { Source } from '../../model/directory/source.ts';
import { readConfiguredFile } from './configured-file.ts';

/** The configured source, not yet connected. Loads only the library it needs. */
export async function openSource(configured: ConfiguredSource, { folder }: Configuration): Promise<Source> {
  const { name, ldap, ldif, query } = configured;
  if (ldif !== undefined) {
    const { createLdifSource } = await import('../../adapters/ldif/ldif.ts');
    const files = ldif.files.map((file) => path.resolve(folder, file));
    return createLdifSource({ name, files, baseDn: ldif.baseDn, encoding: ldif.encoding });
  }
  if (ldap === undefined) {
    const [{ createFileSource }, { tableColumns }] = await Promise.all([
      import('./file-source.ts'),
      import('../../model/mapping/table-columns.ts'),
    ]);
    return createFileSource(configured, { folder, columns: tableColumns(configured) });
  }
  const { createLdapSource } = await import('../../adapters/ldap/ldap.ts');
  const variable = ldap.passwordVariable ?? 'LDAP_PASSWORD';
  return createLdapSource({
    name,
    urls: ldap.urls,
    user: ldap.user,
    password: requireSecret(process.env, variable, `the password of ${ldap.user} for the source ${name}`),
    baseDn: ldap.baseDn,
    query,
    pageSize: ldap.pageSize ?? 1000,
    maxEntries: ldap.maxEntries,
    caFile: ldap.caFile === undefined ? undefined : readConfiguredFile(folder, ldap.caFile, 'ldap.caFile'),
    startTls: ldap.startTls ?? false,
    connectTimeoutMs: 15_000,
    requestTimeoutMs: (ldap.timeoutSeconds ?? 120) * 1000,
  });
}
