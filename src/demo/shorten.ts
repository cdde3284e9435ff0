/** Ways to shorten what a command printed. What is left out is counted in its place. */

/** The first lines. */
export function firstLines(count: number, where: string): (text: string) => string {
  return (text) => {
    const lines = text.trimEnd().split('\n');
    if (lines.length <= count) return text;
    return [...lines.slice(0, count), `  … ${lines.length - count} more lines: ${where}`].join('\n');
  };
}

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
