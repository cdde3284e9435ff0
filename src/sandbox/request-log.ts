import { closeSync, openSync, writeSync } from 'node:fs';
import { ReconcileError } from '../errors.ts';

/** One line of the log. Never the bearer token, never a body. */
export interface RequestLine {
  /** Arrival, ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** With query. */
  readonly path: string;
  /** What is sent; null = the client gets no status. */
  readonly status: number | null;
  /** True: the service did what was asked (its own answer was 2xx), whatever reached the client. */
  readonly executed: boolean;
  /** Kinds of the faults that met the request, joined by `+`. */
  readonly fault?: string;
}

export interface RequestLog {
  append(line: RequestLine): void;
  close(): void;
}

/** Appends JSON lines to `path`, each written before its answer is sent. @throws ReconcileError SANDBOX_OPTIONS */
export function openRequestLog(path: string): RequestLog {
  try {
    const file = openSync(path, 'a', 0o600);
    return {
      append: (line) => void writeSync(file, `${JSON.stringify(line)}\n`),
      close: () => closeSync(file),
    };
  } catch (cause) {
    throw new ReconcileError('SANDBOX_OPTIONS', `The request log ${path} cannot be opened.`, {
      remedy: 'Name a file in a folder that exists and is writable with --log.',
      cause,
    });
  }
}
