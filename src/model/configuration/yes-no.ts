/** Words of the column that says whether somebody may have an account. */
export interface YesNoWords {
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** English, Dutch, German, French, Spanish and Italian, as people, databases and spreadsheets write them. */
const YES: ReadonlySet<string> = new Set(
  [
    'yes|y|true|t|1|-1|on|enabled|active|activated|employed|in use',
    'ja|j|waar|aan|actief|ingeschakeld|geactiveerd|in dienst|werkzaam|in gebruik',
    'wahr|ein|an|aktiv|aktiviert|eingeschaltet|freigegeben',
    'oui|vrai|actif|activé|activée|en service|en fonction',
    'sí|si|verdadero|activo|activa|habilitado|sì|vero|attivo|attiva',
  ].flatMap((words) => words.split('|')),
);

const NO: ReadonlySet<string> = new Set(
  [
    'no|n|false|f|0|off|disabled|inactive|not active|deactivated|terminated|blocked',
    'not enabled|left|suspended',
    'nee|onwaar|uit|inactief|niet actief|non-actief|nonactief|uitgeschakeld|gedeactiveerd',
    'uit dienst|niet in dienst|geblokkeerd|niet ingeschakeld|buiten dienst',
    'nein|falsch|aus|inaktiv|nicht aktiv|deaktiviert|ausgeschaltet|gesperrt|ausgetreten',
    'non|faux|inactif|inactive|non actif|pas actif|désactivé|désactivée|hors service',
    'falso|inactivo|inactiva|deshabilitado|inattivo|non attivo|disattivato',
  ].flatMap((words) => words.split('|')),
);

/**
 * Null = neither yes nor no; nobody is taken for in use, or for gone, by a word that has to be guessed. The configured words go
 * before ours, so that a column which says the opposite (`Blocked: yes`) can be read too.
 */
export function parseYesNo(text: string, words: YesNoWords = { yes: [], no: [] }): boolean | null {
  const word = tidy(text);
  if (words.yes.some((one) => tidy(one) === word)) return true;
  if (words.no.some((one) => tidy(one) === word)) return false;
  if (YES.has(word)) return true;
  return NO.has(word) ? false : null;
}

/** `1.0` and `1,00` are 1. */
function tidy(text: string): string {
  const word = text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();
  return /^-?\d+[.,]0+$/.test(word) ? word.replace(/[.,]0+$/, '') : word;
}
