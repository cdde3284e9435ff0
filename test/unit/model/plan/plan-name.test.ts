import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePlanNames, formatPlanName, isPlanName, parsePlanPath } from '../../../../src/model/plan/plan-name.ts';

const SRC = path.resolve(import.meta.dirname, '../../../../src');

describe('the name of a plan', () => {
  it('is its number and the first digits of its digest', () => {
    expect(formatPlanName(7, `sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('0007-01234567');
    expect(formatPlanName(12_345, `sha256:${'f'.repeat(64)}`)).toBe('12345-ffffffff');
  });

  it.each(['0001-0123abcd', '10000-0123abcd'])('%s is one', (name) => expect(isPlanName(name)).toBe(true));

  it.each(['1-0123abcd', '0001-0123ABCD', '0001-0123abc', '0001-0123abcd0', ' 0001-0123abcd', '.gitattributes', ''])(
    '%j is none',
    (name) => expect(isPlanName(name)).toBe(false),
  );

  it('is ordered by number, not by letters; of two with one number everybody takes the same as the newest', () => {
    const names = ['10000-aaaaaaaa', '9999-ffffffff', '0002-bbbbbbbb', '0002-aaaaaaaa'];
    const sorted = ['0002-aaaaaaaa', '0002-bbbbbbbb', '9999-ffffffff', '10000-aaaaaaaa'];
    expect([...names].sort(comparePlanNames)).toEqual(sorted);
    expect(names.reverse().sort(comparePlanNames)).toEqual(sorted);
  });

  it('is found in the paths of its files only', () => {
    const folder = 'plans/acme/0002-0123abcd';
    expect(parsePlanPath(`${folder}/plan.json`)).toEqual({
      organisation: 'acme',
      name: '0002-0123abcd',
      file: 'plan.json',
    });
    expect(parsePlanPath(`${folder}/approvals/ruth.json`)?.file).toBe('approvals/ruth.json');
    for (const other of [folder, 'plans/acme/.gitattributes', `x/${folder}/plan.json`, 'desired/acme/users/a.yaml'])
      expect(parsePlanPath(other)).toBeNull();
  });

  it('is known to one file of the program', () => {
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const known = files.filter((file) => /\\d\{4,\}-\[0-9a-f\]\{8\}/.test(readFileSync(path.join(SRC, file), 'utf8')));
    expect(known.map((file) => file.split(path.sep).join('/'))).toEqual(['model/plan/plan-name.ts']);
  });
});
