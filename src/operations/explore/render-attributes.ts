import picocolors from 'picocolors';
import { escapeTerminal } from '../../model/text/escape.ts';
import { formatCount } from '../../model/text/format-count.ts';
import { columnsOf, wrapText } from '../../model/text/terminal-layout.ts';
import type { DescribedAttribute, DescribedSource } from './describe-source.ts';
import { MASKING } from './mask.ts';
import type { Suggestion } from './suggest.ts';

export interface AttributesPage {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** Also list, one by one, what the directory keeps for itself. */
  readonly all: boolean;
}

type Colors = ReturnType<typeof picocolors.createColors>;

const NAME_COLUMNS = 27;
const USE_COLUMNS = 11;

/** Every attribute with values, what it is used for, and suggestions; source by source. */
export function renderAttributes(sources: readonly DescribedSource[], page: AttributesPage): string {
  const colors = picocolors.createColors(page.color);
  const paragraphs = sources.flatMap((source) => ['', ...renderSource(source, page, colors)]).slice(1);
  return [...paragraphs, '', ...wrapText(MASKING, page.width)].join('\n');
}

function renderSource(source: DescribedSource, { width, all }: AttributesPage, colors: Colors): readonly string[] {
  const { attributes, suggestions } = source;
  const listed = attributes.filter((attribute) => all || !attribute.isTechnical);
  const hidden = attributes.filter((attribute) => !listed.includes(attribute)).map(({ name }) => name);
  const kept = `${hidden.length} more that the directory keeps for itself (--all lists them): ${hidden.join(', ')}`;
  return [
    ...wrapText(escapeTerminal(headline(source)), width).map((line) => colors.bold(line)),
    '',
    colors.dim(row(['ATTRIBUTE', 'FILLED', 'DISTINCT', 'MAPPED TO', 'EXAMPLE'])),
    ...listed.map((attribute) => renderAttribute(attribute, width, colors)),
    ...(hidden.length === 0 ? [] : ['', ...wrapText(escapeTerminal(kept), width).map((line) => colors.dim(line))]),
    '',
    colors.bold(suggestions.length === 0 ? 'No suggestions' : 'Suggestions'),
    ...suggestions.flatMap((suggestion) => renderSuggestion(suggestion, width, colors)),
  ];
}

function headline({ source, entries, sample, baseDn, server }: DescribedSource): string {
  const who = sample === null ? `${formatCount(entries)} people` : `the first ${formatCount(entries)} people`;
  const where = baseDn === '' ? '' : ` below ${baseDn}`;
  return `Source ${source}: ${who}${where} (${server})`;
}

function renderAttribute({ name, share, distinct, mappedTo, example }: DescribedAttribute, width: number, c: Colors) {
  const used = mappedTo.join(', ');
  const cells = [escapeTerminal(name), formatShare(share), formatCount(distinct), used];
  const start = row([...cells, '']);
  const shown = clip(escapeTerminal(example), width - columnsOf(start));
  return used === '' ? `${start}${shown}`.trimEnd() : `${c.green(start)}${shown}`.trimEnd();
}

function row([name = '', filled = '', distinct = '', used = '', example = '']: readonly string[]): string {
  const start = `${pad(name, NAME_COLUMNS)} ${filled.padStart(6)} ${distinct.padStart(8)}  `;
  return `${start}${pad(used, USE_COLUMNS)} ${example}`;
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(columns - columnsOf(text), 0));
}

/** Rounded towards the middle: 100 % means everybody, 0 % nobody. */
function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  return `${Math.floor(share * 100 + 1e-9)} %`;
}

function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (columnsOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function renderSuggestion({ what, yaml, warning }: Suggestion, width: number, colors: Colors): readonly string[] {
  const hang = (text: string, mark: string): readonly string[] =>
    wrapText(escapeTerminal(text), width - 4).map((line, index) => `  ${index === 0 ? mark : ' '} ${line}`);
  return [
    ...hang(what, '-'),
    ...(yaml === null ? [] : [`    ${colors.cyan(escapeTerminal(yaml))}`]),
    ...(warning === null ? [] : hang(warning, colors.yellow('!'))),
  ];
}
