import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/operations/proposal/write-report.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import type { Change } from '../../src/model/change/change.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import {
  buildChange,
  buildCreation,
  buildExclusion,
  buildPlan,
  buildSuspension,
  factAbout,
} from '../support/plan-builder.ts';
import { HAS_CHROMIUM, launchChromium, openReport } from '../support/report-browser.ts';

const DIVISIONS = ['north', 'south', '<img src=x onerror=alert(1)>'];

/** 1,000 suspensions, 3,000 updates of the name, 6,000 new accounts in three divisions; every name hostile. */
function buildLargePlan(): PlanFile {
  const changes = Array.from({ length: 10_000 }, (_, index): Change => {
    const fullName = `${HOSTILE_TEXTS[index % HOSTILE_TEXTS.length] ?? ''} Nº${index}`;
    const address = `person${index}@hospital.example`;
    if (index < 1000) return buildSuspension(address, { fullName });
    if (index < 4000)
      return buildChange({ address, fullName, before: { fullName }, after: { fullName: `José ${index}` } });
    return buildCreation(address, { division: DIVISIONS[index % 3] ?? '' }, { fullName });
  });
  const exclusions = HOSTILE_TEXTS.map((text) =>
    buildExclusion({ reason: 'no-name', subject: text, detail: factAbout(text) }),
  );
  return buildPlan({ changes, exclusions, notes: HOSTILE_TEXTS.map(factAbout) });
}

if (!HAS_CHROMIUM) console.warn('SKIPPED: the HTML report in a browser, because there is no Chromium (set CHROMIUM)');

describe.skipIf(!HAS_CHROMIUM)('the HTML report of 10,000 changes with hostile names', () => {
  let browser: Browser;
  let page: Page;
  let incidents: readonly string[];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'report-'));
    const file = path.join(folder, 'report.html');
    await writeReport(buildLargePlan(), file);
    browser = await launchChromium();
    ({ page, incidents } = await openReport(browser, file));
    await page.waitForSelector('article');
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it('counts what the search and the filters find', async () => {
    expect(await countOf(page)).toEqual([10_000, 200]);
    await page.fill('#search', 'person1');
    expect(await countOf(page)).toEqual([1111, 200]);
    await page.fill('#search', 'JOSE person1234@');
    expect(await countOf(page)).toEqual([1, 1]);
    await page.fill('#search', '');
    await page.selectOption('#action', 'create');
    expect(await countOf(page)).toEqual([6000, 200]);
    await page.selectOption('#division', { label: 'north (2,000)' });
    expect(await countOf(page)).toEqual([2000, 200]);
    await page.click('#reset');
    await page.selectOption('#reason', 'disabled');
    expect(await countOf(page)).toEqual([1000, 200]);
    await page.click('#reset');
    await page.click('#tile-attributes');
    expect(await countOf(page)).toEqual([3000, 200]);
    expect(await page.locator('#action option').allTextContents()).toEqual([
      'all',
      'suspend (0)',
      'update (3,000)',
      'create (0)',
    ]);
    await page.click('#tile-attributes');
    expect(await countOf(page)).toEqual([10_000, 200]);
  });

  it('is worked by keyboard alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('person4001@');
    expect(await countOf(page)).toEqual([1, 1]);
    await page.keyboard.press('Escape');
    expect(await countOf(page)).toEqual([10_000, 200]);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    expect(await page.locator('article').first().locator('table td').allTextContents()).toEqual(['yes', 'no']);
    expect(await page.locator('article > button').first().getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await page.locator('article table').count()).toBe(0);
    await page.locator('article > button').nth(199).focus();
    await page.keyboard.press('j');
    expect(await countOf(page)).toEqual([10_000, 400]);
    expect(await page.evaluate('document.activeElement.textContent')).toContain('person200@hospital.example');
    await page.keyboard.press('?');
    expect(await page.isVisible('#keys')).toBe(true);
    await page.keyboard.press('?');
    await page.keyboard.press('Escape');
  });

  it('shows every hostile name as text', async () => {
    await page.click('#expand');
    await page.focus('#appendices summary');
    await page.keyboard.press('Enter');
    expect(await page.locator('#list img, #list script, #list a, #list h1, #appendices img').count()).toBe(0);
    await page.fill('#search', 'onerror alert person0@');
    expect(await page.locator('article > button > b').textContent()).toBe(
      '</code></details><h1>Approved</h1><img src=x onerror=alert(1)> Nº0',
    );
    await page.keyboard.press('Escape');
    await page.click('#expand');
  });

  it('finds who was left out', async () => {
    await page.fill('#search', 'leading double');
    expect(await page.locator('#appendices summary').textContent()).toBe('Left out: no name (1 of 29 match)');
    await page.keyboard.press('Escape');
  });

  it('prints what the filters leave, all of it', async () => {
    await page.fill('#search', 'person1');
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await countOf(page)).toEqual([1111, 1111]);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await countOf(page)).toEqual([1111, 200]);
  });

  it('lets nothing run, asks nothing of the network and reports no error', () => {
    expect(incidents).toEqual([]);
  });

  it('is under a policy that a script from a name could not pass', async () => {
    const { page: probe, incidents: refused } = await openReport(browser, path.join(folder, 'report.html'));
    const attempt = `document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'`;
    const outcome = await probe.evaluate(
      `(() => { try { ${attempt}; return 'made'; } catch { return 'refused'; } })()`,
    );
    expect(outcome).toBe('refused');
    expect(refused.length).toBeGreaterThan(0);
    await probe.close();
  });
});

/** Matching and shown. */
async function countOf(page: Page): Promise<number[]> {
  const text = (await page.locator('#count').textContent()) ?? '';
  const [matching, , shown] = (text.match(/[\d,]+/g) ?? []).filter((part) => /\d/.test(part));
  return [matching, shown].map((part) => Number((part ?? '').replaceAll(',', '')));
}
