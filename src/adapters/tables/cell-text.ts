/** What the text of a cell stands for, of which exporters make something else than people see. */

/** Without blanks and invisible characters around it, and without what only keeps a spreadsheet from calculating. */
export function tidyCell(text: string): string {
  const bare = text.replace(AROUND, '');
  const formula = /^=(?:T\()?"((?:[^"]|"")*)"\)?$/.exec(bare)?.[1];
  if (formula !== undefined) return formula.replaceAll('""', '"').replace(AROUND, '');
  // `'000123` and `'+31…`: the sign for text. `'t Hooft` is a name.
  return /^'[\d=+\-@]/.test(bare) ? bare.slice(1) : bare;
}

const AROUND = /^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu;

/** Why a value cannot be used; null: nothing is wrong with it. `text` as `tidyCell` gives it. */
export function findValueFault(text: string): string | null {
  if (ORDINARY.test(text)) return null;
  if (IS_ERROR.test(text)) return `an error (${text}) instead of a value`;
  if (IS_TYPE.test(text))
    return 'the name of a type instead of its values; export them with -join, as .github/docs/sources.md shows';
  if (SHORTENED.test(text)) return 'a number that Excel has shortened; format the column as text and export again';
  if (text.startsWith('=')) return 'a formula instead of a value; export the values';
  if (/^##+$/.test(text)) return 'signs that a spreadsheet shows where a column is too narrow';
  return text.includes('\ufffd') ? 'the sign � where a letter was lost; export the file again as UTF-8' : null;
}

/** Most of what stands in tables; saves the closer look. */
const ORDINARY = /^[A-Za-z0-9][A-Za-z _-]*$/;

/** What Excel writes for an error when it saves a CSV file: in capitals, whatever the language (`#WAARDE!`, `#BEZUG!`, `#NOM?`). */
const IS_ERROR = /^#(?:N\/A|N\/B|N\/D|NV|GETTING_DATA|[\p{Lu}_/]+(?:0[!]?|[!?]))$/u;

/** What .NET, JavaScript and COM write for a value that is a list or an object. */
const IS_TYPE =
  /^(?:(?:Deserialized\.|Selected\.)*(?:System|Microsoft)\.[A-Za-z_]\w*(?:[.+]\w+)*(?:`\d+)?(?:\[.*\])?|\[object \w+\]|@\{.*=.*\}|<(?:COMObject|class) .*>)$/s;

const SHORTENED = /^\d(?:[.,]\d+)?E\+\d+$/i;

/** Why a text cannot say who somebody is, although it may stand in another column. */
export function findKeyFault(text: string): string | null {
  if (/^\d+[.,]0+$/.test(text))
    return 'a number with decimals that it did not have; format the column as text and export again';
  return IS_DATE.test(text) ? 'a date, which Excel makes of numbers such as 1-2; format the column as text' : null;
}

const MONTH = '(?:jan|feb|mar|mrt|mär|apr|avr|mei|mai|may|jun|jul|aug|sep|okt|oct|nov|dec|dez|déc|fév)';

/** `30-11-2026`, `2026-11-30T00:00:00`, `1-feb`, `feb-01`. */
const IS_DATE = new RegExp(
  `^(?:\\d{1,2}([-/.])\\d{1,2}\\1(?:19|20)\\d{2}|(?:19|20)\\d{2}([-/])\\d{2}\\2\\d{2}(?:[T ].*)?|\\d{1,2}-${MONTH}\\.?(?:-\\d{2,4})?|${MONTH}\\.?-\\d{2})$`,
  'iu',
);

/**
 * The values of a cell that holds several: separated by `;`, by line breaks, or as PowerShell (`{a, b}`) and JSON
 * (`["a","b"]`) show a list. A list that was cut for the screen is a fault.
 */
export function splitList(text: string): readonly string[] | { readonly fault: string } {
  const braces = /^\{(.*)\}$/s.exec(text)?.[1];
  if (braces === undefined) return readJsonList(text) ?? tidyAll(text.split(/[;\n\r]+|,\s*(?=smtp:)/i));
  if (/(?:\.\.\.|…)\s*$/.test(braces))
    return {
      fault: 'only the first values of a list (…); export them all with -join, as .github/docs/sources.md shows',
    };
  return tidyAll(braces.split(/[;\n\r]+|,\s*/));
}

function readJsonList(text: string): readonly string[] | null {
  if (!/^\[\s*(?:"|\])/.test(text)) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? tidyAll(list) : null;
  } catch {
    return null;
  }
}

function tidyAll(values: readonly string[]): readonly string[] {
  return values.map((value) => value.replace(AROUND, '')).filter((value) => value !== '');
}
