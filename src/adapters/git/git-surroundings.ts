/**
 * git as we need it, whatever stands in the environment, in the clone or in the settings of the user: its answers are what
 * approval and ledger are proven with, and whatever it starts (hooks, monitors, filters) has no business with our secrets.
 */

/** Before every command. None of them names a file that could be there. */
export const GIT_SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  // Remembers parents of commits; the commits themselves are the proof.
  'core.commitGraph=false',
  'log.showSignature=false',
  'log.diffMerges=separate',
  'diff.renames=false',
  'i18n.logOutputEncoding=UTF-8',
  'color.ui=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'push.recurseSubmodules=no',
  'push.followTags=false',
  'push.gpgSign=false',
].flatMap((setting) => ['-c', setting]);

/** English, never a question, the commits as they are (no replacements, no grafts), paths as they are (no patterns). */
const FIXED = {
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null/none',
  GIT_LITERAL_PATHSPECS: '1',
};

/** They would make git look into another repository, index or history than the one around the folder. */
const RELOCATING = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_ATTR_SOURCE',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_EXTERNAL_DIFF',
  'GIT_GLOB_PATHSPECS',
  'GIT_GRAFT_FILE',
  'GIT_ICASE_PATHSPECS',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

const withheld = new Set<string>();

/** Names of further variables with secrets: those that organisation.yaml gives a name of its own. */
export function withholdFromGit(names: Iterable<string>): void {
  for (const name of names) withheld.add(name.toUpperCase());
}

/** The environment of every git command. The token of the forge stays: a credential helper may need it. */
export function buildGitEnvironment(
  outer: NodeJS.ProcessEnv,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(outer).filter(([name]) => !isWithheld(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...FIXED, ...more };
}

function isWithheld(name: string): boolean {
  return /^(?:ZIVVER|LDAP)_/.test(name) || RELOCATING.has(name) || withheld.has(name.replace(/_FILE$/, ''));
}
