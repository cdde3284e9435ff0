import picocolors from 'picocolors';
import { FORGES, type ForgeKind } from '../../model/forge/forges.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import { columnsOf, wrapText } from '../../model/text/terminal-layout.ts';
import { CHECK_NAMES, type Check, type CheckStatus } from './check.ts';

export interface ChecksPage {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

type Colors = ReturnType<typeof picocolors.createColors>;

const SIGNS: Readonly<Record<CheckStatus, string>> = {
  passed: '✓',
  warned: '!',
  failed: '✗',
  skipped: '–',
  unknown: '?',
};
const LABEL_COLUMNS = 19;
const INDENT = 4 + LABEL_COLUMNS;

/** The checks as a table, area by area, each fault with its cure; a line that counts them at the end. */
export function renderChecks(checks: readonly Check[], { width, color }: ChecksPage): string {
  const colors = picocolors.createColors(color);
  const areas = [...new Set(checks.map(({ area }) => area))];
  const lines = areas.flatMap((area) => {
    const own = checks.filter((check) => check.area === area);
    return ['', colors.bold(titleOf(own[0] as Check)), ...renderArea(own, width, colors)];
  });
  return [...lines.slice(1), '', renderCount(checks, colors)].join('\n');
}

function titleOf({ area, id }: Check): string {
  if (area === 'configuration') return 'Configuration';
  if (area === 'zivver') return 'Zivver';
  if (area === 'git') return 'Git and secrets';
  if (id.startsWith('forge.')) return `Settings on ${FORGES[area as ForgeKind].name}`;
  return id.startsWith('source.') && area !== 'sources' ? `Source ${escapeTerminal(area)}` : 'Sources';
}

/** The subject is named where several of a kind follow each other: servers, attributes, filters. */
function renderArea(checks: readonly Check[], width: number, colors: Colors): readonly string[] {
  const servers = new Set(checks.filter(({ id }) => id === 'source.host').map(({ subject }) => subject));
  let last = '';
  return joinSkipped(checks).flatMap(({ check, label }) => {
    const isServer = servers.has(check.subject);
    const isRead = !isServer && servers.has(last) && servers.size > 1;
    const title = isRead
      ? 'the first server that can be used'
      : isServer && check.subject !== last
        ? check.subject
        : null;
    const heading = title === null ? [] : [`  ${colors.dim(escapeTerminal(title))}`];
    last = check.subject;
    const subject = isServer ? '' : check.subject;
    return [...heading, ...renderCheck({ check: { ...check, subject }, label }, width, colors)];
  });
}

interface Row {
  readonly check: Check;
  readonly label: string;
}

/** Checks that follow each other and were not tested for the same reason share a line. */
function joinSkipped(checks: readonly Check[]): readonly Row[] {
  const rows: { check: Check; names: string[] }[] = [];
  for (const check of checks) {
    const before = rows.at(-1);
    const isSame = before?.check.status === 'skipped' && check.status === 'skipped' && before.check.what === check.what;
    if (isSame && before.check.subject === check.subject) before.names.push(CHECK_NAMES[check.id]);
    else rows.push({ check, names: [CHECK_NAMES[check.id]] });
  }
  return rows.map(({ check, names }) => {
    if (names.length === 1) return { check, label: CHECK_NAMES[check.id] };
    return { check: { ...check, what: `${names.join(', ')}: ${check.what}` }, label: 'not tested' };
  });
}

function renderCheck({ check, label: name }: Row, width: number, colors: Colors): readonly string[] {
  const { subject, status, what, diagnosis } = check;
  const text = status === 'skipped' && name !== 'not tested' ? `not tested: ${what}` : what;
  const label = name.padEnd(LABEL_COLUMNS);
  const first = hang(escapeTerminal(subject === '' ? text : `${subject} – ${text}`), '', width);
  const [head = '', ...rest] = first;
  const sign = paint(status, SIGNS[status], colors);
  const shown = status === 'skipped' ? colors.dim(`${label}${head}`) : `${label}${head}`;
  if (diagnosis === null) return [`  ${sign} ${shown}`, ...rest.map(indent)];
  return [
    `  ${sign} ${shown}`,
    ...rest.map(indent),
    ...diagnosis.details.flatMap((detail) => hang(escapeTerminal(detail), '· ', width)).map(indent),
    ...hang(escapeTerminal(diagnosis.fix), 'fix: ', width)
      .map((line) => line.replace(/^fix:/, colors.cyan('fix:')))
      .map(indent),
    indent(colors.dim(`[${diagnosis.code}]`)),
  ];
}

/** Lines that fit beside the labels; all but the first below the text of the first. */
function hang(text: string, mark: string, width: number): readonly string[] {
  const room = Math.max(width - INDENT - columnsOf(mark), 20);
  return wrapText(text, room).map((line, index) => `${index === 0 ? mark : ' '.repeat(columnsOf(mark))}${line}`);
}

function indent(line: string): string {
  return `${' '.repeat(INDENT)}${line}`;
}

function paint(status: CheckStatus, text: string, colors: Colors): string {
  if (status === 'passed') return colors.green(text);
  if (status === 'failed') return colors.red(text);
  return status === 'warned' || status === 'unknown' ? colors.yellow(text) : colors.dim(text);
}

function renderCount(checks: readonly Check[], colors: Colors): string {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length;
  const words = [
    `${count('passed')} passed`,
    ...(count('warned') > 0 ? [`${count('warned')} to look at`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('unknown') > 0 ? [`${count('unknown')} unknown`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} not tested`] : []),
  ].join(', ');
  const worst = (['failed', 'unknown', 'warned'] as const).find((one) => count(one) > 0);
  const status = worst ?? 'passed';
  return `${paint(status, SIGNS[status], colors)} ${words}`;
}
