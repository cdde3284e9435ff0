/** Ways to shorten what a command printed. What is left out is counted in its place. */

/** At most the first `count` lines, cut where something new begins. */
export function firstLines(count: number, where: string): (text: string) => string {
  return (text) => {
    const lines = text.trimEnd().split('\n');
    if (lines.length <= count) return text;
    const cut = lines.findLastIndex((line, index) => index > 0 && index <= count && BEGINNING.test(line));
    return [...lines.slice(0, cut), `  … ${lines.length - cut} more lines: ${where}`].join('\n');
  };
}

/** A title, a row of the head, a change, an empty line. */
const BEGINNING = /^(\S| {2}- |$)/;

/** Of a long run of `[n/m] …` lines the first three and the last two. */
export function fewerSteps(text: string): string {
  const lines = text.trimEnd().split('\n');
  const steps = lines.filter((line) => STEP.test(line));
  if (steps.length <= 8) return text;
  const dropped = new Set(steps.slice(3, -2));
  const shortened = lines.flatMap((line) => {
    if (!dropped.has(line)) return [line];
    return line === steps[3] ? [`  … ${dropped.size} more lines like these`] : [];
  });
  return shortened.join('\n');
}

const STEP = /^\[\d+\/\d+\] /;
