// An auditor's own count, by git and the sandbox's request log alone: every figure of a report. Shares no code with the product.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Differences between `report --json` of all time and what the repository says; [] if there are none. */
export function checkReport({ repository, organisation, report, requestLog }) {
  const facts = readFacts(repository, organisation);
  const counted = countAll(facts);
  const differences = [];
  const told = new Map(report.parts.map((part) => [part.id, part]));
  for (const [id, { rows, figures, took = '' }] of Object.entries(counted)) {
    const part = told.get(id);
    if (part === undefined) throw new Error(`the report has no part ${id}`);
    compare(differences, id, rows, part.rows.map(KEYS[id] ?? keyOf));
    const numbers = part.summary.replace(/^No /, '0 ').match(/\d+/g) ?? [];
    const isSame = figures.every((figure, index) => Number(numbers[index] ?? 0) === figure);
    if (!isSame || !part.summary.includes(took))
      differences.push(`${id}: ${part.summary} (${figures.join(', ')}) ${took}`);
  }
  for (const id of told.keys()) if (counted[id] === undefined) differences.push(`${id}: nobody counted it`);
  checkWrites(differences, facts, requestLog);
  return differences;
}

function git(repository, ...args) {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 30 });
}

function readFacts(repository, organisation) {
  const show = (ref, file) => git(repository, 'show', `${ref}:${file}`);
  const list = (ref, folder) =>
    git(repository, 'ls-tree', '-r', '--name-only', ref, folder).split('\n').filter(Boolean);
  const lines = (ref, file) => parseLines(show(ref, file));
  const files = list('origin/main', `plans/${organisation}/`).filter((file) => file.endsWith('/plan.json'));
  const plans = files.map((file) => ({ name: file.split('/')[2], ...JSON.parse(show('origin/main', file)) }));
  const journals = list('origin/ledger', `${organisation}/`).filter((file) => file.endsWith('.jsonl'));
  const ledger = new Map(journals.map((file) => [file.split(/[/.]/)[1], lines('origin/ledger', file)]));
  const desired = list('origin/main', `desired/${organisation}/functional/`);
  const functional = desired.map((file) => readFunctional(show('origin/main', file)));
  const hasFindings = git(repository, 'branch', '-r').includes('zivver-gitops/findings');
  const findings = hasFindings ? lines('origin/zivver-gitops/findings', `${organisation}/findings.jsonl`) : [];
  return { plans, ledger, functional, findings };
}

function parseLines(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function readFunctional(text) {
  const address = /^address: "?([^"\n]+)"?$/m.exec(text)[1];
  const members = /^members:\n((?: {2}- .*\n)*)/m.exec(text)?.[1] ?? '';
  return { address, members: [...members.matchAll(/- "?([^"\n]+)"?/g)].map(([, member]) => member) };
}

/** Every change with what became of it. */
function listEvents({ plans, ledger }) {
  return plans.flatMap(({ name, body }) => {
    const records = ledger.get(name) ?? [];
    const finished = new Map(records.filter(({ type }) => type === 'finished').map((one) => [one.change, one]));
    const unconfirmed = records.findLast(({ type }) => type === 'end')?.unconfirmed ?? [];
    return body.changes.map((change) => ({
      ...change,
      row: `${name} ${change.address}`,
      tookMs: Date.parse(finished.get(change.id)?.at) - Date.parse(body.createdAt),
      isDone: /^(applied|already-applied|adopted)$/.test(finished.get(change.id)?.status),
      isUnconfirmed: unconfirmed.includes(change.id),
    }));
  });
}

/** Of each part its rows, and the numbers of its sentence in their order. */
function countAll(facts) {
  const events = listEvents(facts);
  const done = events.filter(({ isDone }) => isDone);
  const joiners = done.filter(({ action }) => action === 'create');
  const isMoved = ({ after }) => (after.address ?? after.fullName ?? after.division) !== undefined;
  const movers = done.filter((one) => one.action === 'reactivate' || (one.action === 'update' && isMoved(one)));
  const leavers = done.filter(({ action, after }) => after.active === false || action === 'delete');
  const unexplained = leavers.filter(({ reason }) => reason === 'unexplained').length;
  const access = done.flatMap((one) => diffReaders(one).map((what) => `${one.row} ${what}`));
  const bad = events.filter(({ isDone, isUnconfirmed }) => !isDone || isUnconfirmed);
  const rowsOf = (chosen) => chosen.map(({ row }) => row);
  return {
    ...countPlans(facts),
    ...countFindings(facts),
    joiners: { rows: rowsOf(joiners), figures: [joiners.length], took: describeTook(joiners) },
    movers: { rows: rowsOf(movers), figures: [movers.length], took: describeTook(movers) },
    leavers: { rows: rowsOf(leavers), figures: withoutZeros(leavers.length, unexplained), took: describeTook(leavers) },
    access: { rows: access, figures: [access.length] },
    notDone: { rows: rowsOf(bad), figures: bad.length === 0 ? [] : [bad.length] },
    rollbacks: { rows: rowsOf(events.filter(({ reason }) => reason === 'rollback')), figures: [] },
    certified: { rows: [], figures: [] },
    protected: { rows: [], figures: [] },
  };
}

function describeTook(events) {
  const sorted = events.map(({ tookMs }) => Math.max(0, Math.round(tookMs / 60_000))).sort((one, other) => one - other);
  if (sorted.length === 0) return '';
  const [median, most] = [0.5, 0.9].map((share) => sorted[Math.ceil(sorted.length * share) - 1]);
  const format = (all) => (all < 60 ? `${all} min` : `${Math.floor(all / 60)} h ${all % 60} min`);
  return `From the plan to Zivver: median ${format(median)}, nine of ten within ${format(most)}.`;
}

/** A sentence leaves out what is none of the first number. */
const withoutZeros = (first, ...more) => [first, ...more.filter((number) => number > 0)];

const some = (rows, ...more) => ({ rows, figures: rows.length === 0 ? [] : withoutZeros(rows.length, ...more) });

function countPlans({ plans, ledger, functional }) {
  const begun = plans.filter(({ name }) => ledger.has(name));
  const endOf = (name) => ledger.get(name)?.findLast(({ type }) => type === 'end')?.verdict ?? 'not applied';
  const complete = begun.filter(({ name }) => endOf(name) === 'complete').length;
  const isSingle = ({ signatures, reviews, distinctPeople }) => !signatures && !reviews && !distinctPeople;
  const single = begun.filter(({ name }) => isSingle(ledger.get(name)[0].approval)).map(({ name }) => name);
  const limits = begun.flatMap(({ name, body }) => [...body.limits, ...body.overTime].map((one) => ({ ...one, name })));
  const lifted = limits.filter(({ verdict }) => verdict === 'overridden').map(({ name }) => name);
  const last = begun.findLast(({ body }) => body.source.length > 0).body;
  const idle = last.dormant.accounts.map(({ address }) => address);
  const rows = plans.map(({ name, body }) => `${name} ${body.changes.length} ${endOf(name)}`);
  const read = functional.map(({ address, members }) => `${address} ${members.toSorted().join(', ')}`);
  const empty = functional.filter(({ members }) => members.length === 0).length;
  return {
    plans: { rows, figures: [plans.length, begun.length, complete] },
    onePair: some(single),
    lifted: some(lifted),
    open: some(last.open.map(({ address, entry }) => address ?? entry)),
    unmanaged: some(last.unmanaged.map(({ address }) => address)),
    dormant: { rows: idle, figures: [idle.length, last.dormant.sources[0].people] },
    functional: { rows: read, figures: withoutZeros(read.length, empty, read.length) },
  };
}

function countFindings({ findings }) {
  const failed = (during) => findings.filter((one) => one.type === 'run' && one.during === during && one.code !== 0);
  const refused = [...failed('plan'), ...failed('apply')].map(({ at, code }) => `${minute(at)} exit ${code}`);
  const drift = failed('daily').flatMap(({ at, code }) => (code === 50 ? minute(at) : []));
  const told = findings.filter(({ type }) => type === 'told');
  const rows = told.map(({ to, event }) => `${to} ${event}`);
  return {
    refused: some(refused),
    drift: { rows: drift, figures: drift.length > 1 ? [drift.length] : [] },
    told: some(rows, told.filter(({ failure }) => failure !== null).length),
  };
}

function diffReaders({ before, after }) {
  const of = ({ delegates, members }) => [...(delegates ?? []), ...(members ?? [])];
  const isTouched = after.delegates !== undefined || after.members !== undefined;
  if (!isTouched) return [];
  const [had, has] = [of(before), of(after)];
  return [
    ...has.filter((reader) => !had.includes(reader)).map((reader) => `can be read by ${reader}`),
    ...had.filter((reader) => !has.includes(reader)).map((reader) => `can no longer be read by ${reader}`),
  ];
}

/** What of a row is compared; the rest are words. */
const KEYS = {
  plans: ({ subject, what, outcome }) => `${subject} ${/^\d+|^No/.exec(what)[0].replace('No', '0')} ${outcome}`,
  access: ({ plan, subject, what }) => `${plan} ${subject} ${what}`,
  refused: ({ time, why }) => `${time} ${/exit \d+/.exec(why)[0]}`,
  drift: ({ time }) => time,
  told: ({ subject, what }) => `${subject} ${what}`,
  functional: ({ subject, what }) =>
    `${subject} ${what
      .replace(/^read by (nobody)?/, '')
      .split(', ')
      .sort()
      .join(', ')}`,
};
const keyOf = ({ plan, subject }) => (plan === '' ? subject : `${plan} ${subject}`);
const minute = (at) => at.slice(0, 16).replace('T', ' ');

function compare(differences, id, counted, told) {
  const left = [...told];
  for (const row of counted) {
    const place = left.indexOf(row);
    if (place < 0) differences.push(`${id}: not told: ${row}`);
    else left.splice(place, 1);
  }
  for (const row of left) differences.push(`${id}: told and not so: ${row}`);
}

/** Zivver did as many writes as the ledger calls applied, and people by hand. */
function checkWrites(differences, { ledger }, { file, byHand }) {
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const writes = lines.filter(({ method, executed }) => method !== 'GET' && executed).length;
  const applied = [...ledger.values()]
    .flat()
    .filter(({ type, status }) => type === 'finished' && status === 'applied').length;
  if (writes - byHand !== applied) differences.push(`Zivver did ${writes - byHand} writes, the ledger says ${applied}`);
}
