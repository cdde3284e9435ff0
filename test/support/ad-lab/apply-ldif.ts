import { execa } from 'execa';

export interface LdifConnection {
  /** IP address: libldap replaces "localhost" by the machine's name before it looks at the certificate. */
  readonly address: string;
  readonly user: string;
  readonly passwordFile: string;
  readonly caFile: string;
}

/** Sends LDIF change records through ldapmodify over verified LDAPS. Rejects with what ldapmodify wrote. */
export async function applyLdif(ldif: string, connection: LdifConnection): Promise<void> {
  const { address, user, passwordFile, caFile } = connection;
  const env = { LDAPTLS_CACERT: caFile, LDAPTLS_REQCERT: 'demand' };
  const parameters = ['-H', `ldaps://${address}`, '-x', '-D', user, '-y', passwordFile];
  await execa('ldapmodify', parameters, { env, input: ldif.endsWith('\n') ? ldif : `${ldif}\n` });
}
