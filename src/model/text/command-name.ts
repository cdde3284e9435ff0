/** Every command, so that a sentence about zivver-gitops itself is left as it is. */
export const COMMANDS = [
  'access',
  'apply',
  'approve',
  'attributes',
  'certify',
  'completion',
  'demo',
  'doctor',
  'drift',
  'history',
  'hold',
  'init',
  'invert',
  'issue',
  'key',
  'ledger',
  'notify',
  'plan',
  'preview',
  'prune',
  'pull-request',
  'reject',
  'report',
  'restore',
  'sandbox',
  'show',
  'signers',
  'site',
  'status',
  'verify',
] as const;

const NAMED = new RegExp(
  String.raw`(?<![\w./@-]|npx )zivver-gitops (?=--organisation\b|(?:${COMMANDS.join('|')})\b)`,
  'g',
);

/** Every command in a text as people type it here: under `npx` with that before it. */
export function nameCommands(text: string, isNpx: boolean): string {
  return isNpx ? text.replace(NAMED, 'npx zivver-gitops ') : text;
}
