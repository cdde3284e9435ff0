import { expect, test } from 'vitest';
import { AnswerParser } from '../../../../src/adapters/git/object-answers.ts';

const ID = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const STREAM = Buffer.from(
  `${ID} blob 6\none\n2\0\n${OTHER} missing\n${OTHER} blob 0\n\n${ID} blob 7 missing\n${ID} tree 1\nx\n`,
);
const ANSWERS = [
  [ID, 'blob', 'one\n2\0'],
  undefined,
  [OTHER, 'blob', ''],
  // The name of something that is missing may look like an answer.
  undefined,
  [ID, 'tree', 'x'],
];

test('answers are the same in whatever pieces they come', () => {
  for (let size = 1; size <= STREAM.length; size += 1) {
    const parser = new AnswerParser();
    const found = [];
    for (let start = 0; start < STREAM.length; start += size)
      found.push(...parser.parse(STREAM.subarray(start, start + size)));
    const plain = found.map((object) => object && [object.id, object.type, object.bytes.toString('latin1')]);
    expect(plain, `in pieces of ${size}`).toEqual(ANSWERS);
  }
});
