import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  COUNT_RULE_NAMES,
  COUNT_RULES,
  describeRule,
  OTHER_RULES,
} from '../../../../src/model/configuration/limit-rules.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

function readSchema(name: string) {
  return JSON.parse(readFileSync(path.join(ROOT, `schemas/${name}.schema.json`), 'utf8'));
}

it('the README names every limit with its default', () => {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const rows = COUNT_RULE_NAMES.map((name) => {
    const { per } = COUNT_RULES[name];
    return `| \`${name}\`${per === null ? '' : ` per ${per}`} | ${describeRule(name)} |`;
  });
  expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
});

it('both schemas know the rules of the table, and no others', () => {
  const { properties, $defs } = readSchema('organisation');
  expect(Object.keys(properties.limits.properties)).toEqual([...COUNT_RULE_NAMES, 'sourceFloor']);
  expect($defs.LimitOverride.properties.rule.enum).toEqual([...COUNT_RULE_NAMES, 'sourceFloor', 'emptyAttribute']);
  expect(readSchema('plan').$defs.LimitRule.enum).toEqual([...COUNT_RULE_NAMES, ...Object.keys(OTHER_RULES)]);
});
