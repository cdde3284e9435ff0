import { expect, it } from 'vitest';
import { usageError } from '../../../../src/commands/console/usage-error.ts';

it('what is wrong with a command line has our form, and the suggestion is in the remedy', () => {
  const error = usageError("error: unknown option '--jsn'\n(Did you mean --json?)");
  expect([error.code, error.exitCode, error.message]).toEqual(['CLI_USAGE', 3, "Unknown option '--jsn'"]);
  expect(error.remedy).toMatch(/^Did you mean --json\? zivver-gitops --help/);
});

it('without a suggestion it says where the options stand', () => {
  expect(usageError("error: missing required argument 'plan'")).toMatchObject({
    message: "Missing required argument 'plan'",
    remedy: expect.stringMatching(/^zivver-gitops --help/) as string,
  });
});
