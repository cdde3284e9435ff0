import { formatCanonicalJson } from '../canonical.ts';
import type { Finding, RunFinding, ToldFinding } from '../schema/generated/finding.ts';
import { findSchemaFaults } from '../schema/validate.ts';

/** What jobs found and whom that was told: beside the ledger, and not proved. */
export type { Finding, RunFinding, ToldFinding };

export function formatFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${formatCanonicalJson(finding)}\n`).join('');
}

/** Lines that are no findings are left out: nothing depends on them, and whoever damages one must not silence the others. */
export function parseFindings(text: string): readonly Finding[] {
  return text.split('\n').flatMap((line) => {
    const data = line === '' ? null : parseJson(line);
    return data !== null && findSchemaFaults('finding', data).length === 0 ? [data as Finding] : [];
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

export function listRuns(findings: readonly Finding[], during: RunFinding['during']): readonly RunFinding[] {
  return findings.flatMap((finding) => (finding.type === 'run' && finding.during === during ? [finding] : []));
}

export function listTold(findings: readonly Finding[]): readonly ToldFinding[] {
  return findings.flatMap((finding) => (finding.type === 'told' ? [finding] : []));
}
