import type { Command } from 'commander';

const EXAMPLES: Readonly<Record<string, string>> = {
  init: 'init head-office --ci github',
  doctor: 'doctor --organisation head-office',
  attributes: 'attributes',
  preview: 'preview',
  plan: 'plan --bootstrap',
  show: 'show 3 --html review.html',
  verify: 'verify',
  approve: 'approve 12',
  apply: 'apply 12',
  status: 'status',
  drift: 'drift --json',
  history: 'history a.bakker@company.org',
  invert: 'invert 5 --reason "The filter was wrong"',
};

const COMMON = `
Environment: ZIVVER_API_KEY, LDAP_PASSWORD and ZIVVER_GITOPS_IDENTITY hold the secrets, or name a file with
  ZIVVER_API_KEY_FILE and so on; NO_COLOR=1 prints without colours; HTTPS_PROXY and NO_PROXY name a proxy.
Exit codes: 0 done · 2 the plan has changes (--detailed-exitcode) · 3 usage or configuration · 10 to 13 the sources ·
  20 to 34 the plan is refused, nothing was written · 40 to 46 Zivver or the ledger · 50 drift · 51 not applied;
  README.md says what to do about each.`;

/** The environment, the exit codes and an example below the help of every command. */
export function addCommonHelp(program: Command): void {
  program.addHelpText('after', COMMON);
  for (const command of program.commands) {
    const example = EXAMPLES[command.name()];
    const told = example === undefined ? '' : `\nExample: zivver-gitops ${example}`;
    for (const one of [command, ...command.commands]) one.addHelpText('after', `${COMMON}${told}`);
  }
}
