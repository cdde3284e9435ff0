/** Lines of at most `width` columns, broken at spaces; only a single word that is longer stands out. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.split(' ')) {
    const longer: string = line === null ? word : `${line} ${word}`;
    if (line !== null && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line ?? ''];
}

/** Columns a terminal needs: colour codes and combining marks none, East Asian wide characters and emoji two. */
export function columnsOf(text: string): number {
  const shown = text.replace(/\u001b\[[0-9;]*m/g, '').replace(/\p{M}/gu, '');
  return [...shown].reduce((columns, character) => columns + (WIDE.test(character) ? 2 : 1), 0);
}

/** UAX 11: wide and fullwidth blocks, and what is an emoji by itself. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
