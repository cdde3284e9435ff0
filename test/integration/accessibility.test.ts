import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/operations/proposal/write-report.ts';
import { HAS_CHROMIUM, launchChromium, openReport } from '../support/report-browser.ts';
import { buildSizedPlan } from '../support/sized-plan.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PAGES = ['review.html', path.resolve('.github/docs/sample-report.html')];

if (!HAS_CHROMIUM) console.warn('SKIPPED: accessibility of the pages, because there is no Chromium (set CHROMIUM)');

describe.skipIf(!HAS_CHROMIUM)('accessibility (WCAG 2.2 AA, as axe finds it)', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'axe-'));
    await writeReport(buildSizedPlan(315), path.join(folder, 'review.html'));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it.each(PAGES)(`finds nothing in %s, ${colorScheme}`, async (file) => {
      const { page } = await openReport(browser, path.resolve(folder, file));
      await page.emulateMedia({ colorScheme });
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      await page.evaluate(await readFile(AXE, 'utf8'));
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
      expect(passes.length).toBeGreaterThan(10);
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([]);
      await page.close();
    });
});
