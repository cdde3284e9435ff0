/** A headless Chromium that shows one file, and tells everything that should never happen there. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const HAS_CHROMIUM: boolean = existsSync(EXECUTABLE);

export interface OpenedReport {
  readonly page: Page;
  /** Requests beyond the file itself, messages of the console, dialogs, errors: all must stay empty. */
  readonly incidents: readonly string[];
}

export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export async function openReport(browser: Browser, file: string): Promise<OpenedReport> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const incidents: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('request', (request) => void (request.url() === url || incidents.push(`request ${request.url()}`)));
  page.on('console', (message) => incidents.push(`console ${message.text()}`));
  page.on('pageerror', (error) => incidents.push(`error ${error.message}`));
  page.on('dialog', (dialog) => {
    incidents.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, incidents };
}
