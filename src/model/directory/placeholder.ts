/** What databases and people write where they know nothing, in the languages of our users. */
const WORDS: ReadonlySet<string> = new Set(
  [
    'null|nil|none|na|n/a|n.a.|n.a|nan|undefined|void|dbnull|tba|tbd|t.b.d.',
    'unknown|not applicable|not available|not set|not known|no value|missing|empty|blank',
    'default|dummy|pending|to be determined|to be done|todo|x|xx|xxx|xxxx|true|false',
    'yes|nee|nein|oui|non',
    'nvt|n.v.t.|n.v.t|n.vt.|niet van toepassing|niet bekend|niet beschikbaar|niet ingevuld',
    'geen|onbekend|nog onbekend|leeg|ontbreekt|ntb|n.t.b.|n.t.b|nnb|n.n.b.|n.b.',
    'nog te bepalen|nader te bepalen|nog niet bekend|volgt|nihil',
    'k.a.|k. a.|keine angabe|keine|kein|unbekannt|leer|fehlt|entfällt|nicht bekannt',
    'nicht vorhanden|nicht zutreffend|offen',
    's/o|s.o.|sans objet|inconnu|inconnue|aucun|aucune|vide|néant|neant|non applicable',
    'non disponible|n.c.|n/c|n.d.|n/d|n/r',
  ].flatMap((words) => words.split('|')),
);

/**
 * True for a text that stands for no value: `NULL`, `n.v.t.`, `-`, `0`, a GUID of zeros. As a key it would belong to everybody
 * of whom nothing is known, one after the other.
 */
export function isPlaceholder(text: string): boolean {
  const bare = bareWord(text);
  return !/[\p{L}\p{N}]/u.test(bare) || /^[0.,\s-]+$/.test(bare) || WORDS.has(bare) || IS_GUID_OF_ONES.test(bare);
}

/** The same of a name: there are people who are called X, and none who is called NULL and nothing else. */
export function isNoName(text: string): boolean {
  const bare = bareWord(text);
  return !/[\p{L}\p{N}]/u.test(bare) || NAMES.has(bare);
}

const NAMES: ReadonlySet<string> = new Set(
  [
    'null|dbnull|undefined|n/a|n.a.|unknown|empty|blank',
    'n.v.t.|nvt|onbekend|leeg|unbekannt|leer|k.a.|inconnu|vide',
  ].flatMap((words) => words.split('|')),
);

function bareWord(text: string): string {
  return text
    .normalize('NFC')
    .replace(/^[\s"'`´<([{#]+|[\s"'`´>)\]}]+$/gu, '')
    .replace(/\s+/gu, ' ')
    .toLowerCase();
}

const IS_GUID_OF_ONES = /^f{8}-(?:f{4}-){3}f{12}$/;
