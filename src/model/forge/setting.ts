import type { ForgeCheckId, ForgeCode } from './setting-names.ts';

/** One line of the checklist of a forge. */
export interface Setting {
  readonly id: ForgeCheckId;
  /** The branch, the environment …; empty if the line says enough. */
  readonly subject: string;
  /** What was seen if it is as it should be. */
  readonly good: string;
  /** What was seen if it is not. */
  readonly bad: string;
  readonly code: ForgeCode;
  readonly fix: string;
  readonly details?: readonly string[];
  /** It works as it is, and somebody should still look at it. */
  readonly isAdvice?: boolean;
}

/** A setting that was read; or why it is not known. */
export type SettingAnswer =
  { readonly isKnown: true; readonly data: unknown } | { readonly isKnown: false; readonly why: string };

/** What a forge says of one setting. `holds` null: nobody can tell, for the reason `why` (absent: it does not tell it). */
export interface SettingFinding {
  readonly setting: Setting;
  readonly holds: boolean | null;
  readonly why?: string;
}

/** Of what the settings are asked. */
export interface SettingsQuestion {
  /** Whose merges are approvals. */
  readonly branch: string;
  /** So many must approve. */
  readonly minimum: number;
  /** The branch with the record of what was applied. */
  readonly ledger: string;
  /** A tag that holds the ledger fast, as an example. */
  readonly tag: string;
  readonly organisation: string;
  /** Variables of the job that plans, and of the one that applies. */
  readonly secrets: { readonly plan: readonly string[]; readonly apply: readonly string[] };
}

/** The settings of one repository against its checklist. GET only; what cannot be read is told as such, and throws nothing. */
export interface SettingsReader {
  readSettings(question: SettingsQuestion): Promise<readonly SettingFinding[]>;
}
