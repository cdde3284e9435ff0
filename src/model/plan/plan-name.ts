import type { PlanFile } from '../schema/generated/plan.ts';

/** The only place that knows how plans are named and where their files lie. */

/** `NNNN-<first 8 hex digits of the digest>`: name of the plan's folder and of its ledger file. */
export function planName({ digest, body }: Pick<PlanFile, 'digest'> & { body: { sequence: number } }): string {
  return formatPlanName(body.sequence, digest);
}

/** `digest` with its `sha256:`. */
export function formatPlanName(sequence: number, digest: string): string {
  return `${String(sequence).padStart(4, '0')}-${digest.slice('sha256:'.length, 'sha256:'.length + 8)}`;
}

export function isPlanName(name: string): boolean {
  return /^\d{4,}-[0-9a-f]{8}$/.test(name);
}

/** Whether a plan is meant by its number (`3`, `0003`) or six or more digits of its digest. */
export function matchesPlan(name: string, given: string): boolean {
  if (/^\d{1,6}$/.test(given) && sequenceOf(name) === Number(given)) return true;
  const digits = given.replace(/^sha256:/, '');
  const ours = name.split('-').at(-1) ?? '';
  return /^[0-9a-f]{6,64}$/.test(digits) && (digits.startsWith(ours) || ours.startsWith(digits));
}

/** The name of a file of an organisation's ledger: its genesis record, or what became of one plan. */
export function isLedgerFile(file: string): boolean {
  return file === GENESIS_FILE || planOfLedgerFile(file) !== null;
}

export const GENESIS_FILE = 'genesis.json';

/** Name of the plan; null: the file is of another kind. */
export function planOfLedgerFile(file: string): string | null {
  const name = file.replace(/\.jsonl$/, '');
  return name !== file && isPlanName(name) ? name : null;
}

export function ledgerFileOf(plan: string): string {
  return `${plan}.jsonl`;
}

/** By number; of two plans with one number the name decides, so that everybody takes the same one as the newest. */
export function comparePlanNames(one: string, other: string): number {
  return comparePlanNumbers(one, other) || (one < other ? -1 : one > other ? 1 : 0);
}

/** 0: two plans of one number, of which at most one can be applied. */
export function comparePlanNumbers(one: string, other: string): number {
  return sequenceOf(one) - sequenceOf(other);
}

/** From the root of the repository, with forward slashes and none at the end. */
export function planFolder(organisation: string, name: string): string {
  return `plans/${organisation}/${name}`;
}

export interface PlanPath {
  readonly organisation: string;
  /** `NNNN-<digest8>` */
  readonly name: string;
  /** Below the plan's folder. */
  readonly file: string;
}

/** A path from the root of the repository → where in which plan's folder it lies; null: in none. */
export function parsePlanPath(path: string): PlanPath | null {
  const [plans, organisation = '', name = '', ...file] = path.split('/');
  if (plans !== 'plans' || organisation === '' || !isPlanName(name) || file.length === 0) return null;
  return { organisation, name, file: file.join('/') };
}

function sequenceOf(name: string): number {
  return Number.parseInt(name, 10);
}
