const COMMANDS =
  'access|apply|approve|attributes|certify|demo|doctor|drift|history|hold|init|invert|key|ledger|plan|preview|reject|report|sandbox|show|signers|site|status|verify';

const NAMED = new RegExp(String.raw`(?<![\w./@-]|npx )zivver-gitops (?=--organisation\b|(?:${COMMANDS})\b)`, 'g');

/** Every command in a text as people type it here: under `npx` with that before it. */
export function nameCommands(text: string, isNpx: boolean): string {
  return isNpx ? text.replace(NAMED, 'npx zivver-gitops ') : text;
}
