import { appendFileSync, closeSync, openSync } from 'node:fs';

/** A file that is only appended to; readable by its owner alone. */
export interface AppendFile {
  /** Returns when the operating system has it: a kill of this program loses nothing. */
  readonly append: (text: string) => void;
  /** May be called again. */
  readonly close: () => void;
}

/** @throws Error of node:fs */
export function openAppendFile(path: string): AppendFile {
  let file: number | undefined = openSync(path, 'a', 0o600);
  return {
    append: (text) => {
      if (file === undefined) throw new Error(`${path} is closed`);
      appendFileSync(file, text);
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
