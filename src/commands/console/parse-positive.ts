import { ReconcileError } from '../../model/errors.ts';

/** A whole number from 1 on, as an option gives it. Throws `CLI_USAGE`. */
export function parsePositive(text: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ReconcileError('CLI_USAGE', `${option} must be a whole number from 1 on, not "${text}"`, {
    remedy: `Write for example: ${option} 10`,
  });
}
