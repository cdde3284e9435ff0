import { ReconcileError } from '../model/errors.ts';
import { openAppendFile } from './append-file.ts';

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
    const file = openAppendFile(path);
    return { append: (line) => file.append(`${JSON.stringify(line)}\n`), close: file.close };
  } catch (cause) {
    throw new ReconcileError('SANDBOX_OPTIONS', `The request log ${path} cannot be opened.`, {
      remedy: 'Name a file in a folder that exists and is writable with --log.',
      cause,
    });
  }
}
