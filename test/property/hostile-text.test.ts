import { expect, it } from 'vitest';
import { readPageScript } from '../../src/operations/proposal/write-report.ts';
import { renderHtml } from '../../src/model/review/html.ts';
import { renderTerminal } from '../../src/model/review/terminal.ts';
import { expectSameMoves, expectSameShape } from '../support/expect-shape.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { buildPlanOf, TEXT_PLACES } from '../support/text-positions.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import type { Dice } from '../support/world/dice.ts';

const PIECES = ['`', '|', '\\', '<', '&', '*', '_', '~~', '](', '@', '#1', '\n', '\n\n', '    ', '://', '$', ' '];
const RENDERERS = 3;
/** Control characters, and commands to the runner: `::` counts at the start of a line, `##[` anywhere. */
const UNSAFE = /(?!\n)\p{C}|^\s*::|##\[/mu;
const script = await readPageScript();

/** Pieces of hostile texts in any order, between any other characters. */
function drawText(dice: Dice): string {
  const short = HOSTILE_TEXTS.filter((text) => text.length < 80);
  const parts = Array.from({ length: dice.integer(1, 5) }, () =>
    dice.pick([() => dice.pick(short), () => dice.pick(PIECES), () => drawCharacters(dice)])(),
  );
  return parts.join('');
}

/** Of the whole of Unicode, most of it from the parts that people type; lone surrogates too. */
function drawCharacters(dice: Dice): string {
  const last = [0x7f, 0x7f, 0x24f, 0x2fff, 0xffff, 0x10ffff];
  return Array.from({ length: dice.integer(1, 9) }, () => String.fromCodePoint(dice.integer(0, dice.pick(last)))).join(
    '',
  );
}

it(
  `no text changes the shape of a review, in ${TEXT_PLACES} places of ${RENDERERS} renderers`,
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    const frame = frameOf(renderHtml(buildPlanOf('harmless'), script));
    const limits = { id: 'R17', unit: 'texts in places', goal: 60_000, normal: 3000, minutes: 4 } as const;
    await tryTimes(limits, ({ dice, number }) => {
      const text = drawText(dice);
      expectSameShape(text);
      if (number % 4 === 0) expectSameMoves(text);
      const plan = buildPlanOf(text);
      expect(renderTerminal(plan, { width: 80, color: false })).not.toMatch(UNSAFE);
      const page = renderHtml(plan, script);
      expect(frameOf(page)).toBe(frame);
      expect(dataOf(page)).not.toMatch(/[<>&\u2028\u2029]/);
      return TEXT_PLACES * RENDERERS;
    });
  },
);

const DATA = /(<script type="application\/json" id="data">)(.*)(<\/script>)/;

/** The page without what the plan says. */
function frameOf(page: string): string {
  return page.replace(DATA, '$1$3');
}

function dataOf(page: string): string {
  return DATA.exec(page)?.[2] ?? '<missing>';
}
