import { escapeHtml } from '../../../model/text/escape.ts';

export interface Bar {
  /** What stands below it. */
  readonly label: string;
  readonly value: number;
}

const WIDTH = 720;
const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 28;

/** Bars in their order as SVG, with the most at the axis; the numbers themselves belong beside it as a table. */
export function renderChart(title: string, bars: readonly Bar[], style: string): string {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const step = (WIDTH - LEFT) / Math.max(1, bars.length);
  const room = HEIGHT - BOTTOM - 8;
  const drawn = bars.flatMap(({ label, value }, index) => {
    if (value === 0) return [];
    const height = round(Math.max(2, (value / most) * room));
    const [x, y] = [round(LEFT + index * step + step * 0.1), round(HEIGHT - BOTTOM - height)];
    return [
      `<rect class="${style}" x="${x}" y="${y}" width="${round(Math.max(1, step * 0.8))}" height="${height}"><title>${escapeHtml(label)}: ${value}</title></rect>`,
    ];
  });
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const [first, last] = [bars[0]?.label ?? '', bars.at(-1)?.label ?? ''];
  return `<figure><figcaption>${escapeHtml(title)}: ${total}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}, by week from ${first} to ${last}: ${total} in all, at most ${most} in a week`)}">
<line class="axis" x1="${LEFT}" y1="${HEIGHT - BOTTOM}" x2="${WIDTH}" y2="${HEIGHT - BOTTOM}"/>
<text x="${LEFT - 6}" y="16" text-anchor="end">${most}</text><text x="${LEFT - 6}" y="${HEIGHT - BOTTOM}" text-anchor="end">0</text>
${drawn.join('\n')}
<text x="${LEFT}" y="${HEIGHT - 4}">${escapeHtml(first)}</text>${last === first ? '' : `<text x="${WIDTH}" y="${HEIGHT - 4}" text-anchor="end">${escapeHtml(last)}</text>`}
</svg></figure>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
