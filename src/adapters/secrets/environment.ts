import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ReconcileError } from '../../model/errors.ts';
import { decodeText } from '../../model/text/text-encoding.ts';
import { withoutMark } from '../../model/text/utf8.ts';

/** Far above any key file; a device never comes to its end. */
const MOST_BYTES = 64 * 1024;

/**
 * Value of a secret: the environment variable, or the file that `<name>_FILE` names. A byte order mark, which Notepad and
 * PowerShell write, and one trailing newline are dropped: with them a login would fail, and count towards a lock-out. Throws
 * CONFIGURATION_SECRET_MISSING if that is no ordinary file, larger than 64 KiB, unreadable or of an unknown encoding.
 */
export function readSecret(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  if (value !== undefined && value !== '') return withoutMark(value);
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return undefined;
  return readSecretFile(file, name).replace(/\r?\n$/, '');
}

/** The secret, or CONFIGURATION_SECRET_MISSING with what it is for. */
export function requireSecret(environment: NodeJS.ProcessEnv, name: string, purpose: string): string {
  const value = readSecret(environment, name);
  if (value !== undefined && value !== '') return value;
  throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `${name} is not set: ${purpose}`, {
    remedy: `Set ${name}, or ${name}_FILE to a file that holds it; never write it into organisation.yaml.`,
  });
}

function readSecretFile(file: string, name: string): string {
  const descriptor = openSecretFile(file, name);
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) throw unreadable(name, 'is not an ordinary file');
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    const length = facts.size > MOST_BYTES ? facts.size : readWhole(descriptor, bytes);
    if (length > MOST_BYTES) throw unreadable(name, 'is larger than 64 KiB');
    return decodeSecret(bytes.subarray(0, length), name);
  } finally {
    closeSync(descriptor);
  }
}

/** UTF-8, UTF-16 with a mark, or windows-1252; anything else would be sent as another secret. */
function decodeSecret(bytes: Buffer, name: string): string {
  try {
    const text = decodeText(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw unreadable(name, 'has bytes of an encoding that cannot be told; save it as UTF-8');
}

/** Without waiting: a named pipe that nobody writes to would hold the program for ever. */
function openSecretFile(file: string, name: string): number {
  try {
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw unreadable(name, 'cannot be read', cause);
  }
}

function readWhole(descriptor: number, bytes: Buffer): number {
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(descriptor, bytes, length, bytes.length - length, null);
  return length;
}

function unreadable(name: string, what: string, cause?: unknown): ReconcileError {
  return new ReconcileError('CONFIGURATION_SECRET_MISSING', `The file that ${name}_FILE names ${what}`, {
    remedy: `Let ${name}_FILE name a file that holds the secret and nothing else, or set ${name}.`,
    cause,
  });
}
