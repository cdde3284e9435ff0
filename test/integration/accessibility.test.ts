import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderSite } from '../../src/operations/audit/site/render-site.ts';
import { buildSiteFigures } from '../../src/operations/audit/site/site-figures.ts';
import { writeReport } from '../../src/operations/proposal/write-report.ts';
import { buildSampleFacts } from '../support/example/sample-report.ts';
import { HAS_CHROMIUM, launchChromium, openReport } from '../support/report-browser.ts';
import { buildSizedPlan } from '../support/sized-plan.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PAGES = ['review.html', path.resolve('.github/docs/sample-report.html'), 'site.html', 'site-names.html'];
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

if (!HAS_CHROMIUM) console.warn('SKIPPED: accessibility of the pages, because there is no Chromium (set CHROMIUM)');

describe.skipIf(!HAS_CHROMIUM)('accessibility (WCAG 2.2 AA, as axe finds it)', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'axe-'));
    await writeReport(buildSizedPlan(315), path.join(folder, 'review.html'));
    const { records } = await buildSampleFacts();
    for (const [name, showsNames] of [
      ['site', false],
      ['site-names', true],
    ] as const) {
      const figures = buildSiteFigures('example', { records, head: 'sha256:0', findings: [], showsNames });
      await writeFile(path.join(folder, `${name}.html`), renderSite([figures, { ...figures, organisation: 'other' }]));
    }
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  const ways = (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['desktop', 'phone'] as const).map((size) => [colorScheme, size] as const),
  );

  describe.each(ways)('%s, %s', (colorScheme, size) => {
    it.each(PAGES)('finds nothing in %s, which asks for nothing and does not scroll sideways', async (file) => {
      const { page, incidents } = await openReport(browser, path.resolve(folder, file));
      await page.setViewportSize(SIZES[size]);
      await page.emulateMedia({ colorScheme });
      await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      await page.evaluate(await readFile(AXE, 'utf8'));
      const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
      expect(passes.length).toBeGreaterThan(10);
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([]);
      expect(incidents).toEqual([]);
      expect(wide).toBeLessThanOrEqual(0);
      await page.close();
    });
  });
});
