/** Gives the tests of the HTML report a Chromium, where one can be installed; else they are skipped, and say so. */
import { readFileSync } from 'node:fs';
import { findRoot, installPackages } from './debian-packages.ts';
import { HAS_CHROMIUM } from './report-browser.ts';

/** What Ubuntu calls chromium only fetches a snap. */
const isDebian = (): boolean => /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

const runAsRoot = HAS_CHROMIUM ? undefined : findRoot();
if (runAsRoot !== undefined && isDebian()) {
  await installPackages(['chromium'], runAsRoot);
  console.log('Installed chromium.');
}
