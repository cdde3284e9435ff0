/** Gives the tests of signed approvals an ssh-keygen, where one can be installed; else they are skipped, and say so. */
import { findRoot, installPackages } from './debian-packages.ts';
import { HAS_OPENSSH, NO_OPENSSH } from './openssh.ts';

if (!HAS_OPENSSH) {
  const runAsRoot = findRoot();
  if (runAsRoot === undefined) console.error(NO_OPENSSH);
  else {
    await installPackages(['openssh-client'], runAsRoot);
    console.log('Installed openssh-client.');
  }
}
