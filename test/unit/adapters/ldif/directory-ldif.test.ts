import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { renderDirectoryLdif } from '../../../../src/demo/directory-ldif.ts';
import { buildFriday } from '../../../../src/demo/friday.ts';
import { formatAttribute } from '../../../../src/demo/ldif-line.ts';
import { buildMonday, buildTuesday } from '../../../../src/demo/monday.ts';
import { createLdifSource } from '../../../../src/adapters/ldif/ldif.ts';

test.each([
  ['friday', buildFriday()],
  ['monday', buildMonday()],
  ['tuesday', buildTuesday()],
])('the export of %s is read back with everybody in it and nothing to warn of', async (_day, hospital) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'demo-ldif-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const file = path.join(folder, 'export.ldif');
  await writeFile(file, renderDirectoryLdif(hospital));
  const snapshot = await createLdifSource({ name: 'export', files: [file] }).read(['displayName', 'proxyAddresses']);
  const names = snapshot.selected.flatMap(({ attributes }) => attributes.get('displayname') ?? []);
  expect(names.sort()).toEqual(hospital.people.map(({ displayName }) => displayName).sort());
  expect(snapshot.groups).toHaveLength(hospital.groups.length);
  expect(snapshot.warnings).toEqual([]);
});

test.each([
  ['plain text', 'cn', 'Anouk', 'cn: Anouk\n'],
  ['letters beyond ASCII', 'cn', 'Zoë', 'cn:: Wm/Dqw==\n'],
  ['a colon in front', 'cn', ':x', 'cn:: Ong=\n'],
  ['a blank at the end', 'cn', 'x ', 'cn:: eCA=\n'],
  ['bytes', 'id', Buffer.from([0, 255]), 'id:: AP8=\n'],
  ['a long value', 'cn', 'x'.repeat(80), `cn: ${'x'.repeat(74)}\n ${'x'.repeat(6)}\n`],
])('%s: one attribute as RFC 2849 wants it', (_what, name, value, line) => {
  expect(formatAttribute(name, value)).toBe(line);
});
