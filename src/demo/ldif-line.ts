/** RFC 2849: what may stand in clear; everything else is base64. */
const SAFE = /^(?![ :<])[\x01-\x09\x0b\x0c\x0e-\x7f]*$/;
const COLUMNS = 78;

/** One attribute with its line end: `name: value`, or `name:: base64`, folded like `ldapsearch` does. */
export function formatAttribute(name: string, value: string | Buffer): string {
  const isSafe = typeof value === 'string' && SAFE.test(value) && !value.endsWith(' ');
  const text = isSafe ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
  return `${fold(text)}\n`;
}

function fold(text: string): string {
  const lines = [text.slice(0, COLUMNS)];
  for (let start = COLUMNS; start < text.length; start += COLUMNS - 1)
    lines.push(` ${text.slice(start, start + COLUMNS - 1)}`);
  return lines.join('\n');
}
