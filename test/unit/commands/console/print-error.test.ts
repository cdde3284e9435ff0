import { afterEach, expect, it, vi } from 'vitest';
import { printError } from '../../../../src/commands/console/print-error.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { beginDocument, openOutput } from '../../../../src/operations/output.ts';

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

it('a result that ends with an error stays the one document of --json', () => {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'cli', '--json']);
  const error = new ReconcileError('DRIFT_FOUND', 'two', { remedy: 'look' });
  const run = (withResult: boolean): unknown[] => {
    printed.length = 0;
    beginDocument();
    if (withResult) openOutput({ json: true }).printJson('issue', { text: 'two' });
    expect(printError(error)).toBe(50);
    return printed.map((text) => JSON.parse(text) as unknown);
  };
  expect(run(true)).toEqual([{ text: 'two' }]);
  expect(run(false)).toEqual([
    { error: { code: 'DRIFT_FOUND', exit: 50, message: 'two', remedy: 'look', problems: [] } },
  ]);
});
