import type { Fact } from '../../../../src/model/schema/generated/plan.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatCanonicalJson } from '../../../../src/model/canonical.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { buildPlanFile, formatPlan, parsePlanFile, readAppliedPlan } from '../../../../src/model/plan/plan-file.ts';
import { planName } from '../../../../src/model/plan/plan-name.ts';
import { addressOf } from '../../../support/account-builder.ts';
import { buildPlan, buildSuspension } from '../../../support/plan-builder.ts';
import { formatPlanFile } from '../../../support/format-plan-file.ts';

const SMALL = buildPlanFile(buildPlan({ changes: [buildSuspension(addressOf('anna'))] }).body);
const TEXT = formatPlanFile(SMALL);

function codeOf(text: string): string {
  try {
    parsePlanFile(text, 'plan.json');
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    expect(error.remedy).toContain('make a new one');
    for (const { where, what } of error.problems)
      expect([where, what]).toEqual([expect.stringMatching(/./), expect.any(String)]);
    return error.code;
  }
}

describe('parsePlanFile', () => {
  it('reads what formatPlan wrote', () => {
    expect(formatPlan(SMALL.body)).toEqual({ plan: SMALL, bytes: Buffer.from(TEXT) });
    expect(parsePlanFile(TEXT, 'plan.json')).toEqual(SMALL);
    expect(TEXT.endsWith('}\n')).toBe(true);
  });

  it.each<[string, Fact]>([
    ['an unknown sentence', { says: 'all is well', with: {} }],
    ['a value too many', { says: 'groups-unseen', with: { approved: 'yes' } }],
    ['an unknown sentence inside another', { says: 'of-source', with: { source: 'x', what: { says: 'x', with: {} } } }],
  ])('refuses %s', (_what, note) => {
    const { body } = buildPlan({ notes: [note] });
    expect(codeOf(formatPlanFile(buildPlanFile(body)))).toBe('PLAN_NOT_CANONICAL');
  });

  it('refuses facts that are nested too deep to be read', () => {
    const deep = '{"says":"group-filtered","with":{"why":'.repeat(20_000) + '{}' + '}}'.repeat(20_000);
    expect(codeOf(TEXT.replace('"notes":[]', `"notes":[${deep}]`))).toBe('PLAN_NOT_CANONICAL');
  });

  it('refuses every single bit flipped', { timeout: 120_000 }, () => {
    const bytes = Buffer.from(TEXT, 'utf8');
    const codes = new Map<string, number>();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const code = codeOf(flipped.toString('utf8'));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].sort()).toEqual(['PLAN_DIGEST', 'PLAN_NOT_CANONICAL']);
  });

  it.each([
    ['nothing', ''],
    ['half of it', TEXT.slice(0, TEXT.length >> 1)],
    ['no newline', TEXT.trimEnd()],
    ['two newlines', `${TEXT}\n`],
    ['a Windows newline', TEXT.replace(/\n$/, '\r\n')],
    ['a byte order mark', `\ufeff${TEXT}`],
    ['white space', JSON.stringify(SMALL, null, 1)],
    ['an escape that says the same', TEXT.replace('anna', '\\u0061nna')],
    ['a number in another spelling', TEXT.replace('"sequence":12', '"sequence":12.0')],
    ['a doubled name', TEXT.replace('"schema"', '"schema":"zivver-gitops.plan/1","schema"')],
    ['an unknown name', `${formatCanonicalJson({ ...SMALL, note: 'x' })}\n`],
    ['an unknown name deep inside', `${formatCanonicalJson({ ...SMALL, body: { ...SMALL.body, note: 'x' } })}\n`],
    ['__proto__', TEXT.replace('"schema"', '"__proto__":{},"schema"')],
    ['another schema', TEXT.replace('plan/1', 'plan/2')],
    ['a list', '[]\n'],
    ['null', 'null\n'],
  ])('refuses %s', (_case, text) => {
    expect(codeOf(text)).toBe('PLAN_NOT_CANONICAL');
  });

  it('refuses an edited body under the old digest', () => {
    const edited = { ...SMALL, body: { ...SMALL.body, sequence: 13 } };
    expect(codeOf(formatPlanFile(edited))).toBe('PLAN_DIGEST');
  });

  it.each(['small', 'bootstrap', 'mixed', 'hostile', 'zero-changes'])(
    'finds the form of the golden plan %s right',
    (name) => {
      const file = path.join(import.meta.dirname, `../../../fixtures/review/${name}.plan.json`);
      const { body } = JSON.parse(readFileSync(file, 'utf8')) as typeof SMALL;
      expect(codeOf(formatPlanFile(buildPlanFile(body)))).toBe('accepted');
    },
  );
});

describe('planName', () => {
  it.each([
    [1, '0001'],
    [9999, '9999'],
    [12_345, '12345'],
  ])('of plan %i begins with %s', (sequence, number) => {
    const plan = buildPlanFile({ ...SMALL.body, sequence });
    expect(planName(plan)).toBe(`${number}-${plan.digest.slice(7, 15)}`);
  });
});

describe('a plan that the ledger names', () => {
  const plan = buildPlanFile(buildPlan().body);
  const text = formatPlanFile(plan);

  it('is read by its digest', () => {
    expect(readAppliedPlan(text, plan.digest)).toEqual(plan);
  });

  it.each([
    ['with another byte', text.replace('"bootstrap":false', '"bootstrap":true'), plan.digest],
    ['with a byte more', ` ${text}`, plan.digest],
    ['under another digest', text, `sha256:${'0'.repeat(64)}`],
    ['that says another digest itself', text.replace(plan.digest, `sha256:${'0'.repeat(64)}`), plan.digest],
  ])('is not it %s', (_what, other, digest) => {
    expect(readAppliedPlan(other, digest)).toBeNull();
  });
});
