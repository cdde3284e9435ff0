import { ReconcileError } from '../errors.ts';

const NO_ROOM = 'Make room on the disk, then run the command again: it writes again what is cut short.';
const NO_RIGHT = 'Let the user who runs this read and write there, then run the command again.';

/** What a disk may refuse without a mistake of ours: its words and its cure. */
const CAUSES: Readonly<Record<string, { readonly what: string; readonly remedy: string }>> = {
  ENOSPC: { what: 'no space left on the disk', remedy: NO_ROOM },
  EDQUOT: { what: 'the quota of the disk is used up', remedy: NO_ROOM },
  EFBIG: { what: 'the file is larger than is allowed', remedy: NO_ROOM },
  EROFS: { what: 'the disk can only be read', remedy: NO_RIGHT },
  EACCES: { what: 'permission denied', remedy: NO_RIGHT },
  EPERM: { what: 'operation not permitted', remedy: NO_RIGHT },
  EIO: { what: 'the disk fails', remedy: 'Look at the disk, then run the command again.' },
  EMFILE: { what: 'too many open files', remedy: 'Raise the limit of open files (ulimit -n), then run it again.' },
  ENFILE: { what: 'too many open files on this machine', remedy: 'Close other programs, then run the command again.' },
};

/** An error of Node's file system as one that people can mend; null for any other, which is a bug of ours. */
export function translateDiskFailure(error: unknown): ReconcileError | null {
  if (!(error instanceof Error)) return null;
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  const cause = CAUSES[code];
  if (cause === undefined || (path === undefined && !/^(write|fsync|read|close)$/.test(syscall))) return null;
  const { what, remedy } = cause;
  return new ReconcileError('FILES_UNUSABLE', `${path ?? 'A file'} cannot be read or written: ${what}`, {
    remedy,
    problems: [{ where: syscall, what: code }],
    cause: error,
  });
}
