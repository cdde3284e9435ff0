import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeReport, writeReport } from '../../../../src/operations/proposal/write-report.ts';
import { buildLimit, buildPlan } from '../../../support/plan-builder.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'page-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a page of an older plan goes, and what is no page of ours stays', async () => {
  const page = path.join(folder, 'review.html');
  await writeReport(buildPlan(), page);
  await removeReport(page);
  expect(existsSync(page)).toBe(false);
  const other = path.join(folder, 'other.html');
  writeFileSync(other, '<!doctype html>\n<title>Mine</title>');
  await removeReport(other);
  expect(existsSync(other)).toBe(true);
  await removeReport(path.join(folder, 'nothing.html'));
});

it('the page of a refused plan says so in its title and its verdict', async () => {
  const page = path.join(folder, 'refused.html');
  const limits = [buildLimit({ rule: 'suspend', observed: 61, limit: 60, verdict: 'exceeded' })];
  await writeReport(buildPlan({ limits }), page);
  const text = readFileSync(page, 'utf8');
  expect(text).toContain(' is refused"]');
  expect(text).toContain('apply refuses this plan');
});
