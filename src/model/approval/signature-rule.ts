/** Effects of a plan for which approval.signatures.rules may ask for more. */
export const APPROVAL_CLASSES = ['deletion', 'mailAccess', 'unexplained', 'ssoKey'] as const;
export type ApprovalClass = (typeof APPROVAL_CLASSES)[number];

/** approval.signatures of organisation.yaml. */
export interface SignatureRule {
  /** So many different people. */
  readonly minimum: number;
  readonly rules: readonly ClassRule[];
}

/** For plans with an effect of one of these classes. */
export interface ClassRule {
  readonly for: readonly ApprovalClass[];
  /** So many people, of those with the role. */
  readonly minimum: number;
  /** Null: any. */
  readonly role: string | null;
}

/** What a rule that applies is called towards people: `for deletions and access to mail`. */
export function describeClasses(classes: readonly ApprovalClass[]): string {
  return classes.map((name) => NAMES[name]).join(' and ');
}

const NAMES: Readonly<Record<ApprovalClass, string>> = {
  deletion: 'deletions',
  mailAccess: 'access to other people’s mail',
  unexplained: 'absences that nothing explains',
  ssoKey: 'single sign-on keys',
};
