/** What GitHub did instead of a whole, valid answer. */
export type GithubFault =
  /** A code such as ECONNREFUSED; messages of libraries could show more than they should. */
  | { readonly kind: 'no-answer'; readonly code: string }
  | { readonly kind: 'status'; readonly status: number; readonly headers: Headers }
  /** An answer with a good status that is not what was asked for. Never quotes it. */
  | { readonly kind: 'unusable'; readonly what: string };

/** Thrown by everything that talks to GitHub; whoever asked says what it means for what was to be done. */
export class GithubFailure extends Error {
  /** `GET /repos/…` */
  readonly where: string;
  readonly fault: GithubFault;

  constructor(where: string, fault: GithubFault, cause?: unknown) {
    super(`${where}: ${describeFault(fault)}`, cause === undefined ? undefined : { cause });
    this.name = 'GithubFailure';
    this.where = where;
    this.fault = fault;
  }
}

/** For `problems`: never with a part of the answer. */
export function describeFault(fault: GithubFault): string {
  switch (fault.kind) {
    case 'no-answer':
      return fault.code;
    case 'status':
      return `status ${fault.status}`;
    case 'unusable':
      return fault.what;
  }
}

/** The code of a failure of the network. */
export function faultOf(error: unknown): GithubFault {
  return { kind: 'no-answer', code: codeOf(error) };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  return error.cause === undefined ? error.name : codeOf(error.cause);
}
