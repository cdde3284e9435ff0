import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../../src');

/** The flow, from the base outwards: a folder may import from itself and from what stands before it. */
const ORDER = [
  'errors',
  'canonical',
  'utf8',
  'schema',
  'account',
  'git',
  'secrets',
  'directory',
  'source',
  'configuration',
  'mapping',
  'desired',
  'ledger',
  'plan',
  'review',
  'discovery',
  'preview',
  'approval',
  'audit',
  'zivver',
  'apply',
  'doctor',
  'sandbox',
  'pipeline',
  'demo',
  'commands',
  'cli',
];

/** Stricter than the order: what must not be reachable at all, not even through another file. */
const FORBIDDEN: { from: string; never: RegExp; why: string }[] = [
  { from: 'commands/plan.ts', never: /^zivver\/(account-writer|connect-writer)\.ts$/, why: 'the planner cannot write' },
  {
    from: 'commands/apply.ts',
    never: /^(source\/(?!source\.ts)|mapping\/map-|plan\/(diff|settle|match|plan)\.ts)/,
    why: 'apply replays and cannot re-plan',
  },
  {
    from: 'commands/doctor.ts',
    never: /^zivver\/(account-writer|connect-writer)\.ts$/,
    why: 'the doctor cannot write',
  },
  { from: 'commands/preview.ts', never: /^zivver\//, why: 'a preview needs the source only' },
  {
    from: 'commands/drift.ts',
    never: /^zivver\/(account-writer|connect-writer)\.ts$/,
    why: 'whoever looks for drift cannot write',
  },
  {
    from: 'commands/invert.ts',
    never: /^(zivver\/(account-writer|connect-writer)\.ts|apply\/)/,
    why: 'a rollback is planned, not applied',
  },
  {
    from: 'commands/status.ts',
    never: /^(zivver\/|source\/(?!source\.ts)|apply\/)/,
    why: 'the status needs no key of Zivver',
  },
  {
    from: 'commands/history.ts',
    never: /^(zivver\/|source\/(?!source\.ts)|apply\/)/,
    why: 'the history needs no key of Zivver',
  },
  { from: 'commands/verify.ts', never: /^(zivver|source|apply)\//, why: 'verify works offline' },
  {
    from: 'sandbox/server.ts',
    never: /^zivver\//,
    why: 'the sandbox is written from the API’s description, not from our client',
  },
];

/** Middle modules know no clock, environment, disk or network. */
const PURE = ['mapping', 'plan', 'review', 'directory', 'account', 'discovery', 'preview'];

describe('architecture', () => {
  const files = listFiles('');
  const imports = new Map(files.map((file) => [file, importsOf(file)]));

  it('has every folder in the order', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !ORDER.includes(room))).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('imports only point from the outside to the base', () => {
    const upward = [...imports].flatMap(([file, targets]) =>
      targets
        .filter((target) => ORDER.indexOf(roomOf(target)) > ORDER.indexOf(roomOf(file)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it.each(FORBIDDEN)('$why ($from)', ({ from, never }) => {
    const reached = reachable(from, imports);
    expect(reached.size).toBeGreaterThan(3);
    expect([...reached].filter((file) => never.test(file))).toEqual([]);
  });

  it.each(PURE)('%s/ knows no clock, environment, disk or network', (room) => {
    const impure = files
      .filter((file) => roomOf(file) === room)
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
    if (entry.isDirectory()) return name === 'schema/generated' ? [] : listFiles(name);
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
  return found.filter((target) => !target.startsWith('schema/generated') && !target.startsWith('..'));
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
