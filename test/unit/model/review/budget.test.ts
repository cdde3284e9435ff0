import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBlocks, rowsOf, sizeOfText, type Block } from '../../../../src/model/review/budget.ts';

const more = (count: number): string => `+${count}`;

function buildBlock(rows: readonly string[], givesWay: number | null, onRender: () => void = () => undefined): Block {
  return {
    head: ['head'],
    rows: rowsOf(rows, (row) => {
      onRender();
      return row;
    }),
    foot: ['foot'],
    givesWay,
  };
}

describe('fitBlocks', () => {
  it('shows everything if there is room', () => {
    const blocks = [buildBlock(['a', 'b'], 0), buildBlock(['c'], null)];
    expect(fitBlocks(blocks, { bytes: 26, more })).toBe('head\na\nb\nfoot\nhead\nc\nfoot\n');
  });

  it('leaves out the last rows of the least important block first, and says how many', () => {
    const rows = ['1111', '2222', '3333', '4444'];
    const blocks = [buildBlock(rows, 0), buildBlock(rows, 1)];
    expect(fitBlocks(blocks, { bytes: 52, more })).toBe('head\n1111\n+3\nfoot\nhead\n1111\n2222\n3333\n4444\nfoot\n');
    expect(fitBlocks(blocks, { bytes: 40, more })).toBe('head\n+4\nfoot\nhead\n1111\n2222\n+2\nfoot\n');
  });

  it('never leaves out a row of a block that does not give way', () => {
    const blocks = [buildBlock(['suspended', 'deleted'], null), buildBlock(['new one'], 0)];
    expect(fitBlocks(blocks, { bytes: 0, more })).toBe('head\nsuspended\ndeleted\nfoot\nhead\n+1\nfoot\n');
  });

  it('keeps rows that are shorter than the line in their place', () => {
    expect(fitBlocks([buildBlock(['a'], 0)], { bytes: 0, more })).toBe('head\na\nfoot\n');
  });

  it('renders no more than fits, however many rows there are', () => {
    let rendered = 0;
    const rows = Array.from({ length: 100_000 }, (_, index) => `row ${index}`);
    fitBlocks([buildBlock(rows, 0, () => (rendered += 1)), buildBlock(rows, 1, () => (rendered += 1))], {
      bytes: 1000,
      more,
    });
    expect(rendered).toBeLessThan(200);
  });

  it('counts every row, shown or left out, and keeps to the budget where it can', () => {
    const block = fc.record({
      rows: fc.array(fc.stringMatching(/^[a-zé]{0,30}$/), { maxLength: 20 }),
      givesWay: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.nat({ max: 900 }), (given, bytes) => {
        const text = fitBlocks(
          given.map(({ rows, givesWay }) => buildBlock(rows, givesWay)),
          { bytes, more },
        );
        const lines = text.split('\n').slice(0, -1);
        const left = lines.map((line) => Number(/^\+(\d+)$/.exec(line)?.[1] ?? 0)).reduce((sum, one) => sum + one, 0);
        const shown = lines.filter((line) => !/^\+\d+$/.test(line)).length - 2 * given.length;
        expect(shown + left).toBe(given.reduce((sum, { rows }) => sum + rows.length, 0));
        if (sizeOfText(text) > bytes)
          expect(lines.filter((line) => line.length > 4 && !line.startsWith('+'))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
