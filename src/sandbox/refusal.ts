import { STATUS_CODES } from 'node:http';

/**
 * A request the service does not carry out. With a `sentence` the whole body is that sentence as plain text (business
 * errors); without, it is the JSON of the web framework, `{"code":…,"message":…}` (zivver-api §6).
 */
export class Refusal extends Error {
  readonly status: number;
  readonly sentence: string | undefined;
  /** Extra response headers. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, sentence?: string, headers: Readonly<Record<string, string>> = {}) {
    super(sentence ?? formatFrameworkError(status));
    this.name = 'Refusal';
    this.status = status;
    this.sentence = sentence;
    this.headers = headers;
  }
}

/** JSON text of a framework error, such as `{"code":415,"message":"HTTP 415 Unsupported Media Type"}`. */
export function formatFrameworkError(status: number): string {
  return JSON.stringify({ code: status, message: `HTTP ${status} ${STATUS_CODES[status] ?? 'Error'}` });
}

export const OUTSIDE_ORGANISATION = 'Account is outside the organization';

export const ADDRESS_NOT_ALLOWED =
  'You are not allowed to add this address to your organization. Does the account belong to a registered domain name?';
