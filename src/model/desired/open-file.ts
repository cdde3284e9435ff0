import { ReconcileError } from '../errors.ts';
import type { OpenLine, OpenFile } from '../schema/generated/open.ts';
import type { OpenAccount } from '../schema/generated/plan.ts';
import { findDocumentFaults, parseYamlDocument } from '../schema/yaml-document.ts';
import { formatScalar } from './yaml.ts';

/** One line of open.yaml: what commands that read no source know of an open account. */
export type { OpenLine };

const FIELDS = ['address', 'kind', 'key', 'value', 'reason', 'claimant', 'keepsAccess', 'since'] as const;

/** What open.yaml keeps of an open account; null for what is open only until this plan is merged. */
export function openLineOf({ address, entry, kind, key, value, reason, claimant, keepsAccess, since }: OpenAccount) {
  if (reason === 'waiting') return null;
  const line: OpenLine = { address: address ?? entry ?? '', kind, key: key ?? '', reason, keepsAccess, since };
  if (value !== null) line.value = value;
  if (claimant !== null) line.claimant = claimant.key;
  return line;
}

/** The bytes of open.yaml; those that keep access first. Same accounts, same bytes. */
export function formatOpenLines(lines: readonly OpenLine[]): string {
  const rank = (line: OpenLine): string =>
    `${line.keepsAccess ? 0 : 1} ${line.address} ${line.key} ${line.value ?? ''} ${line.reason}`;
  const sorted = [...lines].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return [
    '# Accounts that the plan could not decide about or may not act on, written by `zivver-gitops plan`.\n',
    '# keepsAccess: can be used in Zivver although the source does not say so. Why, and the cure: the review of the plan.\n',
    'open:\n',
    ...sorted.map(formatLine),
  ].join('');
}

/** Text of open.yaml → its lines. Throws CONFIGURATION_INVALID with all faults. */
export function parseOpenLines(text: string, file: string): readonly OpenLine[] {
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? findDocumentFaults(parsed.document, 'open') : parsed.problems;
  if (!parsed.ok || problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} is not a list of open accounts`, {
      remedy: 'Restore the file from the branch; it is written by the plan command.',
      problems,
    });
  return (parsed.document.data as OpenFile).open;
}

function formatLine(line: OpenLine): string {
  const present = FIELDS.filter((field) => line[field] !== undefined);
  return present
    .map((field, index) => `${index === 0 ? '  - ' : '    '}${field}: ${formatScalar(line[field] ?? '')}\n`)
    .join('');
}
