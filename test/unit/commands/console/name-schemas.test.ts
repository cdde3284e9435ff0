import path from 'node:path';
import { expect, it } from 'vitest';
import { nameSchemas } from '../../../../src/commands/console/name-schemas.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

it('a schema has its path from where one stands', () => {
  const text = 'every key stands in schemas/organisation.schema.json.';
  expect(nameSchemas(text, ROOT)).toBe(text);
  expect(nameSchemas(text, path.dirname(ROOT))).toBe(
    `every key stands in ${path.basename(ROOT)}/schemas/organisation.schema.json.`,
  );
  expect(nameSchemas(text, path.join(ROOT, 'src'))).toContain(path.join(ROOT, 'schemas', 'organisation.schema.json'));
});
