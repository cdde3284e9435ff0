import type { Command } from 'commander';
import { asCalled } from '../../operations/as-called.ts';

/** What the help of a command ends with, by its words: how it is called, and the secrets that it needs. */
interface CommandHelp {
  readonly examples: readonly string[];
  /** Environment variables; none = it needs no secret. */
  readonly secrets?: readonly string[];
}

const READ = ['LDAP_PASSWORD', 'ZIVVER_API_KEY'];
const FORGE = ['GITHUB_TOKEN', 'ZIVVER_GITOPS_FORGE_TOKEN', 'SYSTEM_ACCESSTOKEN'];

const HELP: Readonly<Record<string, CommandHelp>> = {
  init: { examples: ['init head-office', 'init head-office --ci github --owners @company/reviewers'] },
  doctor: {
    examples: ['doctor', 'doctor --forge'],
    secrets: [...READ, 'ZIVVER_GITOPS_IDENTITY', 'GITHUB_TOKEN (with --forge)'],
  },
  attributes: { examples: ['attributes --sample 200'], secrets: ['LDAP_PASSWORD'] },
  preview: { examples: ['preview --filter jansen', 'preview --csv > preview.csv'], secrets: ['LDAP_PASSWORD'] },
  plan: { examples: ['plan --bootstrap', 'plan'], secrets: [...READ, 'ZIVVER_GITOPS_FINGERPRINT_KEY'] },
  show: { examples: ['show', 'show 3', 'show 3 --html review.html'] },
  verify: { examples: ['verify', 'verify 3'] },
  approve: { examples: ['approve', 'approve 3 --remark "Asked HR about two people"'] },
  reject: { examples: ['reject 3 --remark "Noah has not left"'] },
  apply: {
    examples: ['apply', 'apply 3 --resume'],
    secrets: ['ZIVVER_API_KEY', 'ZIVVER_GITOPS_IDENTITY', 'ZIVVER_GITOPS_LEDGER_KEY', ...FORGE],
  },
  status: { examples: ['status'] },
  drift: { examples: ['drift', 'drift --json'], secrets: ['ZIVVER_API_KEY', 'ZIVVER_GITOPS_FINGERPRINT_KEY'] },
  history: {
    examples: [
      'history',
      'history jan@company.org',
      'history 3',
      'history --held jan@company.org',
      'history --action suspend --from 2026-01-01 --csv --separator ";" > suspended.csv',
    ],
  },
  access: { examples: ['access --to jan@company.org --at 2026-05-01', 'access --since 2026-01-01'] },
  report: { examples: ['report --from 2026-01-01 --to 2026-03-31 --html report.html'] },
  site: { examples: ['site figures'] },
  'certify start': { examples: ['certify start --scope functional --due 2027-03-01'] },
  'certify status': { examples: ['certify status'] },
  hold: { examples: ['hold jan@company.org --until 2027-01-31 --reason "On leave"'] },
  invert: { examples: ['invert 5 --reason "The filter was wrong"'], secrets: ['ZIVVER_API_KEY'] },
  restore: { examples: ['restore jan@company.org --reason "Did not leave"'], secrets: ['ZIVVER_API_KEY'] },
  'ledger verify': { examples: ['ledger verify'] },
  'ledger export': { examples: ['ledger export proof.json'] },
  'signers import': { examples: ['signers import allowed_signers'] },
  'signers export': { examples: ['signers export > allowed_signers'] },
  'key new': { examples: ['key new identity', 'key new ledger --file ../ledger.key'] },
  prune: { examples: ['prune --older-than 365d'] },
  'pull-request open': { examples: ['pull-request open'], secrets: FORGE },
  'pull-request verify': { examples: ['pull-request verify --report reviews'] },
  'pull-request comment': {
    examples: ['pull-request comment --number 7 --commit 0123456789abcdef0123456789abcdef01234567'],
    secrets: FORGE,
  },
  'pull-request report': { examples: ['pull-request report'], secrets: FORGE },
  issue: { examples: ['issue drift --code 50 --text drift.txt'], secrets: FORGE },
  notify: {
    examples: ['notify --after plan --code 32', 'notify --test'],
    secrets: ['ZIVVER_GITOPS_SMTP_PASSWORD', 'ZIVVER_GITOPS_WEBHOOKS'],
  },
  sandbox: { examples: ['sandbox --domains company.org --state zivver.jsonl'] },
  demo: { examples: ['demo', 'demo --keep story'] },
  completion: {
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/zivver-gitops',
      'completion zsh >> ~/.zshrc',
      'completion powershell >> $PROFILE',
    ],
  },
};

const COMMON = `Environment:
  NO_COLOR=1 prints without colours, FORCE_COLOR=1 with them; PAGER shows long texts; HTTPS_PROXY and NO_PROXY
    name a proxy. Every secret may stand in a file instead: ZIVVER_API_KEY_FILE=path, and so on.

Exit codes:
  0 done · 1 our bug · 2 the plan has changes (--detailed-exitcode) · 3 usage or configuration ·
  10 to 13 the sources · 20 to 34 the plan is refused, nothing was written · 40 to 46 Zivver or the ledger ·
  50 drift · 51 not applied; README.md says what to do about each.`;

/** The environment, the exit codes and examples below the help of every command. */
export function addCommonHelp(program: Command): void {
  program.addHelpText('after', `\n${COMMON}`);
  for (const command of program.commands) {
    const inner = command.commands.map((one) => [one, `${command.name()} ${one.name()}`] as const);
    for (const [one, name] of inner) one.addHelpText('after', asCalled(renderHelp([name])));
    const names = inner.length === 0 ? [command.name()] : inner.map(([, name]) => name);
    command.addHelpText('after', asCalled(renderHelp(names)));
  }
}

function renderHelp(names: readonly string[]): string {
  const told = names.map((name) => HELP[name] ?? { examples: [] });
  const secrets = [...new Set(told.flatMap((one) => one.secrets ?? []))];
  const needed =
    secrets.length === 0 ? '  No secret is needed.' : `  Secrets, as far as needed: ${secrets.join(', ')}.`;
  const examples = told.flatMap((one) => one.examples.map((words) => `  zivver-gitops ${words}`));
  return `\nExamples:\n${examples.join('\n')}\n\n${COMMON.replace('\n', `\n${needed}\n`)}`;
}
