/** The pictures of the documents, from what the program itself renders of the example: their pages, and their making. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { renderHtml } from '../../../src/model/review/html.ts';
import { renderTerminal } from '../../../src/model/review/terminal.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { renderReviewComment } from '../../../src/operations/proposal/pull-request-text.ts';
import { readPageScript } from '../../../src/operations/proposal/write-report.ts';
import { launchChromium } from '../report-browser.ts';
import { ROOT } from './example-paths.ts';

export interface Picture {
  /** Below the folder of pictures. */
  readonly name: string;
  /** The page that is shown. */
  readonly html: string;
  readonly width: number;
  readonly height: number;
}

export const PICTURES = path.join(ROOT, '.github', 'docs', 'pictures');

/** Names the digest of the page that each picture shows: a picture is current as long as that page is the same. */
export const PICTURE_SOURCES = path.join(PICTURES, 'sources.json');

export async function renderPictures(plan: PlanFile): Promise<readonly Picture[]> {
  return [
    { name: 'comment.png', html: renderComment(plan), width: 920, height: 650 },
    { name: 'page.png', html: renderHtml(plan, await readPageScript()), width: 1100, height: 690 },
    { name: 'terminal.png', html: renderConsole(plan), width: 860, height: 660 },
  ];
}

export function sourcesOf(pictures: readonly Picture[]): string {
  const digests = pictures.map(({ name, html }) => [name, createHash('sha256').update(html).digest('hex')]);
  return `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`;
}

export async function writePictures(pictures: readonly Picture[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pictures-'));
  const browser = await launchChromium();
  await mkdir(PICTURES, { recursive: true });
  for (const { name, html, width, height } of pictures) {
    const file = path.join(folder, `${name}.html`);
    await writeFile(file, html);
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
    await page.goto(pathToFileURL(file).href);
    await page.screenshot({ path: path.join(PICTURES, name) });
    await page.close();
  }
  await browser.close();
  await rm(folder, { recursive: true });
  await writeFile(PICTURE_SOURCES, sourcesOf(pictures));
}

/** As a forge shows it, in a frame with a name above it. */
function renderComment(plan: PlanFile): string {
  const markdown = renderReviewComment(plan, 'https://forge.example/files', 60_000);
  const body = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 16px; font: 14px/1.5 sans-serif; color: #1f2328; background: #fff }
section { border: 1px solid #d1d9e0; border-radius: 6px }
header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0 }
article { padding: 8px 16px }
table { border-collapse: collapse } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left }
code { font: 12px monospace; background: #eff1f3; border-radius: 6px; padding: 2px 5px }
</style><section><header><b>zivver-gitops</b> commented</header><article>${body}</article></section>`;
}

const COLORS: Readonly<Record<string, string>> = {
  '1': 'font-weight:bold',
  '2': 'opacity:.7',
  '31': 'color:#ff7b72',
  '32': 'color:#7ee787',
  '33': 'color:#f2cc60',
  '36': 'color:#79c0ff',
  '90': 'color:#9198a1',
};

function renderConsole(plan: PlanFile): string {
  const text = renderTerminal(plan, { width: 100, color: true }).split('\n').slice(0, 44).join('\n');
  const shown = `$ zivver-gitops show\n${text}`
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    // Each code of our own output begins a span or ends the one before it.
    .replace(/\u001b\[(\d+)m/g, (_, code: string) =>
      COLORS[code] === undefined ? '</span>' : `<span style="${COLORS[code]}">`,
    );
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #0d1117; color: #e6edf3 } pre { margin: 16px; font: 13px/1.35 'DejaVu Sans Mono', monospace }
</style><pre>${shown}</pre>`;
}
