import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/operations/proposal/write-report.ts';
import { HAS_CHROMIUM, launchChromium, openReport } from '../support/report-browser.ts';
import { buildSizedPlan } from '../support/sized-plan.ts';

const SCREENS = [
  { name: 'a desktop', width: 1280, height: 800 },
  { name: 'a phone', width: 360, height: 780 },
];

if (!HAS_CHROMIUM) console.warn('SKIPPED: the first screen of a review, because there is no Chromium (set CHROMIUM)');

describe.skipIf(!HAS_CHROMIUM).each([14, 315, 5011])('the review of a plan with %i changes', (count) => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let incidents: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'review-'));
    const file = path.join(folder, 'review.html');
    await writeReport(buildSizedPlan(count), file);
    browser = await launchChromium();
    ({ page, incidents } = await openReport(browser, file));
    await page.waitForSelector('article');
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each(SCREENS)('says on the first screen of $name whether, who and why', async ({ width, height }) => {
    await page.setViewportSize({ width, height });
    const bottom = async (selector: string): Promise<number> =>
      page.locator(selector).evaluate((node) => Math.round(node.getBoundingClientRect().bottom));
    expect(await bottom('#verdict')).toBeLessThan(height / 2);
    expect(await bottom('#losing')).toBeLessThanOrEqual(height);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const rows = await page.locator('#losing li').allTextContents();
    expect(rows.length).toBe(Math.min(Math.max(4, Math.floor(count / 10)), 10) + (count > 100 ? 1 : 0));
    expect(rows[0]).toContain('nobody can say why');
  });

  it('keeps what is chosen in the address', async () => {
    await page.selectOption('#department', { index: 1 });
    await page.fill('#search', 'leaver');
    const chosen = await page.locator('#count').textContent();
    expect(page.url()).toMatch(/#department=\w+&search=leaver$/);
    const other = await openReport(browser, path.join(folder, 'review.html'));
    await other.page.goto(page.url());
    await other.page.reload();
    expect(await other.page.locator('#count').textContent()).toBe(chosen);
    expect(await other.page.inputValue('#search')).toBe('leaver');
    await other.page.close();
    await page.click('#reset');
    expect(new URL(page.url()).hash).toBe('');
  });

  it('reports no error', () => {
    expect(incidents).toEqual([]);
  });

  it.runIf(count < 1000)('prints on few pages', async () => {
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeLessThanOrEqual(count < 100 ? 2 : 20);
  });
});
