import { afterEach, expect, it, vi } from 'vitest';
import { printError } from '../../../../src/commands/console/print-error.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';

afterEach(() => void vi.restoreAllMocks());

it.each(['a\n::add-mask::b', '##vso[task.setvariable variable=left]0', 'a ##[error]b', 'a\u001b[2Jb'])(
  'an error with %j in it gives no command to a terminal or to the log of a pipeline',
  (name) => {
    let printed = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
    const problems = [{ where: name, what: name }];
    expect(printError(new ReconcileError('CLI_USAGE', name, { remedy: name, problems }))).toBe(3);
    expect(printed).not.toMatch(/##(?:vso)?\[|^\s*::[a-z]|\u001B/im);
    expect(printed).toContain('⟦U+');
  },
);
