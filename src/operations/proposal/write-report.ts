import { readFile, rm, writeFile } from 'node:fs/promises';
import { ReconcileError } from '../../model/errors.ts';
import { renderHtml, REPORT_TITLE } from '../../model/review/html.ts';
import { joinPageScript, PAGE_FILES } from '../../model/review/html-script.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';

/** Writes the review as one page for a browser, readable only by its owner where the system can do that. */
export async function writeReport(plan: PlanFile, file: string): Promise<void> {
  const page = renderHtml(plan, await readPageScript());
  await writeFile(file, page, { mode: 0o600 }).catch((cause: unknown) => {
    throw new ReconcileError('CLI_USAGE', `${file} cannot be written`, {
      remedy: 'Name a file in a folder that exists and that you may write to.',
      cause,
    });
  });
}

/**
 * Removes the page of an older plan, before anything can go wrong: whoever opens the file then sees the plan that was asked for,
 * or none. What is no page of ours stays.
 */
export async function removeReport(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.startsWith('<!doctype html>') && text.includes(`<title>${REPORT_TITLE}</title>`)) await rm(file);
}

/** The script of the page, as one text. */
export async function readPageScript(): Promise<string> {
  const texts = PAGE_FILES.map((name) => readFile(new URL(`../../model/review/page/${name}`, import.meta.url), 'utf8'));
  return joinPageScript(await Promise.all(texts));
}
