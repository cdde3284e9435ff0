import { ReconcileError, type Problem } from '../errors.ts';
import type { Certification, CertifiedReader } from '../schema/generated/certification.ts';
import { findDocumentFaults, parseYamlDocument, type YamlDocument } from '../schema/yaml-document.ts';
import { formatScalar } from '../desired/yaml.ts';

export type { Certification, CertifiedReader };

/** Folder below desired/<organisation>/. */
export const CERTIFICATIONS_FOLDER = 'certifications';

export const CERTIFICATION_SCOPES = ['functional', 'delegates'] as const;
export type CertificationScope = (typeof CERTIFICATION_SCOPES)[number];

/** Text of one file → the readers of a mailbox and what was decided. Throws CONFIGURATION_INVALID (3) with all faults. */
export function parseCertification(text: string, file: string): Certification {
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? [...findDocumentFaults(parsed.document, 'certification')] : [...parsed.problems];
  if (parsed.ok && problems.length === 0) problems.push(...findFaults(parsed.document));
  if (!parsed.ok || problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} does not say who may read the mailbox`, {
      remedy: 'Correct the lines named above by pull request: decision is keep, remove or question, and by says whose.',
      problems,
    });
  return parsed.document.data as Certification;
}

const HEAD = `# Who may read this mailbox? Its owner decides about every reader and says so here, by pull request:
#   decision: keep, remove or question   by: who decided   note: why, if there is more to say
# It changes nothing in Zivver. Take whoever is removed out of the group, or the delegates, in Active Directory.
`;

/** The bytes of a file that nobody has touched yet; parsed again it is the same. */
export function formatCertification(certification: Certification): string {
  const { readers, ...facts } = certification;
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${formatScalar(value)}\n`);
  const told = readers.map(
    ({ reader, name, evidence }) =>
      `  - reader: ${formatScalar(reader)}\n    name: ${formatScalar(name)}\n    evidence: ${formatScalar(evidence)}\n    decision:\n    by:\n    note:\n`,
  );
  return `${HEAD}${lines.join('')}readers:\n${told.join('')}`;
}

function findFaults(document: YamlDocument): Problem[] {
  const seen = new Set<string>();
  return (document.data as Certification).readers.flatMap(({ reader, decision, by }, index) => {
    const isDouble = seen.size === seen.add(reader.toLowerCase()).size;
    const isUnsigned = decision !== null && (by ?? '').trim() === '';
    return [
      ...(isDouble ? [{ where: document.whereIs(`/readers/${index}/reader`), what: 'stands here twice' }] : []),
      ...(isUnsigned
        ? [{ where: document.whereIs(`/readers/${index}/by`), what: 'says nobody, and there is a decision' }]
        : []),
    ];
  });
}

/** True from the day after `due`, while somebody is undecided. */
export function isCertificationOverdue({ due, readers }: Certification, now: Date): boolean {
  return now.toISOString().slice(0, 10) > due && readers.some(({ decision }) => decision === null);
}
