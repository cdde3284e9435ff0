import { execa } from 'execa';
import type { AdLab } from './ad-lab/lab.ts';

/** Everything the service account may read, as an administrator would export it. */
export async function exportLab(lab: AdLab, passwordFile: string): Promise<string> {
  const { stdout } = await execa(
    'ldapsearch',
    ['-LLL', '-H', `ldaps://${lab.address}`, '-x', '-D', lab.user, '-y', passwordFile, '-b', lab.baseDn].concat([
      '-E',
      'pr=500/noprompt',
      '(|(objectCategory=person)(objectCategory=group))',
      '*',
    ]),
    { env: { LDAPTLS_CACERT: lab.caFile }, stripFinalNewline: false },
  );
  return stdout;
}
