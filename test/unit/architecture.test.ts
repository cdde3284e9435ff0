import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** One direction: a layer may import from itself and from what stands before it. */
const LAYERS = ['model', 'adapters', 'operations', 'sandbox', 'demo', 'commands', 'cli'];

/** Still open files themselves: to be mended, but for the validators, which read the schemas in development only. */
const MODEL_READS_FILES = ['model/schema/validators.ts'];

const WRITER = /^adapters\/zivver\/(account-writer|connect-writer)\.ts$/;
const SOURCES = /^adapters\/(ldap|ldif|tables|yaml-files)\//;

/** Which rooms beside its own a room of adapters or operations imports from its layer; whoever is not here: none. */
const SIDEWAYS: Readonly<Record<string, readonly string[]>> = {
  'adapters/forge': ['adapters/secrets/environment.ts'],
  'operations/apply': ['operations/approval', 'operations/reading/open-target.ts'],
  'operations/audit': ['operations/reading', 'operations/planning/last-plan.ts'],
  'operations/certify': ['operations/audit'],
  'operations/doctor': ['operations/reading', 'operations/notify'],
  'operations/explore': ['operations/reading'],
  'operations/notify': ['operations/reading', 'operations/planning/last-plan.ts', 'operations/proposal/plan-branch.ts'],
  'operations/planning': ['operations/reading'],
  'operations/proposal': ['operations/approval', 'operations/reading'],
  'operations/rollback': ['operations/audit', 'operations/planning', 'operations/reading'],
  'operations/setup': ['operations/reading'],
};

/** What lies in operations without a room: what every command opens. */
const COMMON = ['context.ts', 'output.ts', 'version.ts'].map((file) => `operations/${file}`);

/** Where a library may be imported; one of the model is pure and may be used everywhere. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  ldapts: ['adapters/ldap'],
  undici: ['adapters/forge', 'adapters/notify', 'adapters/zivver'],
  nodemailer: ['adapters/notify'],
  'age-encryption': ['adapters/secrets'],
  'csv-parse': ['adapters/tables'],
  sax: ['adapters/tables'],
  numfmt: ['adapters/tables'],
  commander: ['cli', 'commands'],
  '@clack/prompts': ['commands/console'],
  execa: ['demo'],
};
const PURE = ['ajv', 'ajv-formats', 'diff', 'libphonenumber-js', 'picocolors', 'uuid', 'yaml'];

/** Stricter than the direction: what must not be reachable at all, not even through another file. */
const FORBIDDEN: { from: string; never: RegExp; why: string }[] = [
  { from: 'commands/plan.ts', never: WRITER, why: 'the planner cannot write' },
  { from: 'commands/doctor.ts', never: WRITER, why: 'the doctor cannot write' },
  { from: 'commands/drift.ts', never: WRITER, why: 'whoever looks for drift cannot write' },
  { from: 'commands/invert.ts', never: WRITER, why: 'a rollback is planned' },
  { from: 'commands/invert.ts', never: /^operations\/apply\//, why: 'a rollback is not applied' },
  { from: 'commands/apply.ts', never: SOURCES, why: 'apply never reads a source' },
  {
    from: 'commands/apply.ts',
    never: /^model\/(mapping\/|plan\/(diff|plan)\.ts|settle\/(settle|match)\.ts)/,
    why: 'apply replays and cannot re-plan',
  },
  { from: 'commands/preview.ts', never: /^adapters\/zivver\//, why: 'a preview needs the source only' },
  { from: 'commands/status.ts', never: /^adapters\/zivver\/|^operations\/apply\//, why: 'the status needs no key' },
  { from: 'commands/status.ts', never: SOURCES, why: 'the status reads no source' },
  { from: 'commands/history.ts', never: /^adapters\/zivver\/|^operations\/apply\//, why: 'the history needs no key' },
  { from: 'commands/history.ts', never: SOURCES, why: 'the history reads no source' },
  { from: 'commands/verify.ts', never: /^adapters\/zivver\/|^operations\/apply\//, why: 'verify works offline' },
  { from: 'commands/verify.ts', never: SOURCES, why: 'verify reads no source' },
  {
    from: 'sandbox/server.ts',
    never: /^adapters\/zivver\//,
    why: 'the sandbox is written from the API, not from our client',
  },
];

describe('architecture', () => {
  const files = listFiles('');
  const imports = new Map(files.map((file) => [file, importsOf(file)]));

  it('has every folder in a layer', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !LAYERS.includes(room))).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('imports only point from the outside to the base', () => {
    const upward = [...imports].flatMap(([file, targets]) =>
      targets
        .filter((target) => LAYERS.indexOf(roomOf(target)) > LAYERS.indexOf(roomOf(file)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('adapters do not import each other, and operations only as listed', () => {
    const sideways = [...imports].flatMap(([file, targets]) =>
      targets.filter((target) => isSideways(file, target)).map((target) => `${file} -> ${target}`),
    );
    const allowed = (edge: string): boolean => {
      const [file = '', target = ''] = edge.split(' -> ');
      return (SIDEWAYS[shelfOf(file)] ?? []).some((one) => target === one || target.startsWith(`${one}/`));
    };
    expect(sideways.filter((edge) => !allowed(edge))).toEqual([]);
    const used = Object.entries(SIDEWAYS).flatMap(([from, rooms]) => rooms.map((room) => [from, room] as const));
    const isUsed = ([from, room]: readonly [string, string]): boolean =>
      sideways.some((edge) => edge.startsWith(`${from}/`) && edge.includes(` -> ${room}`));
    expect(used.filter((row) => !isUsed(row))).toEqual([]);
  });

  it('only operations/apply imports the writer of Zivver', () => {
    const users = [...imports].flatMap(([file, targets]) =>
      targets.some((target) => WRITER.test(target)) ? [file] : [],
    );
    expect(users.filter((file) => !/^(operations\/apply|adapters\/zivver)\//.test(file))).toEqual([]);
    expect(users.length).toBeGreaterThan(1);
  });

  it('no library leaves the rooms that it belongs to', () => {
    const strays = files.flatMap((file) =>
      librariesOf(file)
        .filter((name) => !PURE.includes(name) && !(LIBRARIES[name] ?? []).some((room) => isBelow(file, room)))
        .map((name) => `${file}: ${name}`),
    );
    expect(strays).toEqual([]);
    const imported = new Set(files.flatMap(librariesOf));
    expect([...Object.keys(LIBRARIES), ...PURE].filter((name) => !imported.has(name))).toEqual([]);
  });

  it('no file imports itself, not even through others', () => {
    const circles = findCircles(imports);
    expect(circles).toEqual([]);
    expect(
      findCircles(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b -> c -> b']);
  });

  it.each(FORBIDDEN)('$why ($from)', ({ from, never }) => {
    const reached = reachable(from, imports);
    expect(reached.size).toBeGreaterThan(3);
    expect([...reached].filter((file) => never.test(file))).toEqual([]);
  });

  it('every unit test lies where its subject does', () => {
    const rooms = new Set(files.map((file) => path.posix.dirname(file)));
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll(path.sep, '/'))
      .filter((name) => name.endsWith('.test.ts'));
    // Of what only tests use.
    const own = tests.filter((name) => !name.startsWith('support/'));
    expect(own.filter((name) => !rooms.has(path.posix.dirname(name)))).toEqual([]);
    expect(own.length).toBeGreaterThan(100);
  });

  it('the model knows no clock, environment, disk or network', () => {
    const impure = files
      .filter((file) => roomOf(file) === 'model' && !MODEL_READS_FILES.includes(file))
      .filter((file) =>
        /process\.env|Date\.now|new Date\(\)|Math\.random|from 'node:(?!buffer|crypto)|from '(execa|undici|ldapts)'/.test(
          textOf(file),
        ),
      );
    expect(impure).toEqual([]);
  });
});

function listFiles(folder: string): string[] {
  return readdirSync(path.join(SRC, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return name === 'model/schema/generated' ? [] : listFiles(name);
    return name.endsWith('.ts') ? [name] : [];
  });
}

function textOf(file: string): string {
  return readFileSync(path.join(SRC, file), 'utf8');
}

/** Static and lazy imports of our own files, also of types, but not of generated ones. */
function importsOf(file: string): string[] {
  const found = [...textOf(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target]) =>
    path.posix.normalize(path.posix.join(path.posix.dirname(file), target as string)),
  );
  return found.filter((target) => !target.startsWith('model/schema/generated') && !target.startsWith('..'));
}

/** Of packages, types included; `node:` and our own files are none. */
function librariesOf(file: string): string[] {
  const found = [
    ...textOf(file).matchAll(/(?:^import|^} from|^(?:import|export)[^'\n]* from|import\()\s*'([^'.\n][^'\n]*)'/gm),
  ].map(([, name = '']) => name);
  return found
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

function isBelow(file: string, room: string): boolean {
  return file === `${room}.ts` || file.startsWith(`${room}/`);
}

/** `adapters/ldap` of a file in adapters or operations. */
function shelfOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

function isSideways(file: string, target: string): boolean {
  const layer = roomOf(file);
  if (!['adapters', 'operations'].includes(layer) || layer !== roomOf(target)) return false;
  return shelfOf(file) !== shelfOf(target) && !COMMON.includes(file) && !COMMON.includes(target);
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : file.replace(/\.ts$/, '');
}

function reachable(start: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...(imports.get(file) ?? []));
  }
  return seen;
}

function findCircles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const open: string[] = [];
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string): void => {
    if (open.includes(file)) circles.push([...open.slice(open.indexOf(file)), file].join(' -> '));
    if (open.includes(file) || done.has(file)) return;
    open.push(file);
    for (const target of imports.get(file) ?? []) visit(target);
    open.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return circles;
}
