import type { FaultPlan } from './fault-plan.ts';

export interface RateLimitOptions {
  readonly requests: number;
  readonly windowMs: number;
  /** Send `Retry-After` with the 429; the real service may or may not. */
  readonly retryAfter?: boolean;
}

export interface SandboxOptions {
  /** 0 = any free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The API key that clients must send. */
  readonly token: string;
  /** Claimed domains. Empty = those of the accounts at the start, or example.org if there are none. */
  readonly domains: readonly string[];
  /** Identifiers of OUs, beside `/` and those that accounts have at the start. */
  readonly divisions?: readonly string[];
  /** Addresses that received mail as a guest: refused as aliases. */
  readonly guests?: readonly string[];
  /** Addresses with a free account outside the organisation. */
  readonly freeAccounts?: readonly string[];
  /** Journal that survives a restart and a kill; a secret, since it holds SSO keys. Default: memory only. */
  readonly stateFile?: string;
  /** Stored answer of GET /Users; taken in once, when the state is new. */
  readonly importUsers?: string;
  /** Stored answer of GET /Groups. */
  readonly importGroups?: string;
  /** Null = none. Default: the service's 50 requests in 10 s. */
  readonly rateLimit?: RateLimitOptions | null;
  /** Delay of every answer, after the request was carried out; a range is drawn from with the seed of the faults. */
  readonly latencyMs?: number | { readonly minMs: number; readonly maxMs: number };
  readonly faults?: FaultPlan;
  /** Path of a JSON-lines file, appended to. */
  readonly requestLog?: string;
  /** Milliseconds since 1970; never steps back. Default: the system's monotonic clock. */
  readonly clock?: () => number;
}
