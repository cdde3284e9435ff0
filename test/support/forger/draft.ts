import type { Configuration } from '../../../src/model/configuration/configuration.ts';
import { blobIdOf, type DesiredFile } from '../../../src/model/desired/desired-file.ts';
import type { Taken } from '../../../src/model/ledger/taken.ts';
import type { PlanBody } from '../../../src/model/schema/generated/plan.ts';
import type { Dice } from '../world/dice.ts';
import type { StoredAccount } from '../world/stored-account.ts';

/** All that a planner writes: the plan, what it seals with it, and the desired files. */
export interface Draft {
  readonly body: PlanBody;
  /** Change id → single sign-on key. */
  readonly ssoKeys: Map<string, string>;
  readonly files: Map<string, DesiredFile>;
}

/** What it began with. */
export interface HonestPlan {
  readonly body: PlanBody;
  readonly ssoKeys: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, DesiredFile>;
}

export interface Forging {
  readonly dice: Dice;
  readonly configuration: Configuration;
  /** Of Zivver, as the forger sees them. */
  readonly accounts: readonly StoredAccount[];
  /** Single sign-on keys of everybody in the directory. */
  readonly keys: readonly string[];
  readonly taken: readonly Taken[];
}

export function fileOf(path: string, text: string): DesiredFile {
  return { path, text, blob: blobIdOf(text) };
}
