import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LdifParser } from '../../src/adapters/ldif/ldif-parser.ts';
import { parseCsvTable } from '../../src/adapters/tables/csv-table.ts';
import { parseExcelTable } from '../../src/adapters/tables/excel-table.ts';
import { buildEntries } from '../../src/adapters/tables/table-entries.ts';
import { parseHandWritten } from '../../src/adapters/yaml-files/hand-written.ts';
import { isDn, normaliseDn } from '../../src/model/directory/distinguished-name.ts';
import { parseMobile } from '../../src/model/directory/phone.ts';
import { parseProxyAddresses } from '../../src/model/directory/proxy-addresses.ts';
import { readTypedGuid } from '../../src/model/directory/typed-guid.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { parseYesNo } from '../../src/model/configuration/yes-no.ts';
import { IS_LONG } from '../support/trials.ts';
import { buildWorkbook, zip } from '../support/workbook.ts';

/** What a file makes of a parser is a value or a refusal of ours, whatever the file is: never a crash, never a wait. */
const RUNS = { numRuns: IS_LONG ? 10_000 : 200, seed: 20261130 };
const TIMEOUT_MS = IS_LONG ? 900_000 : 120_000;
const COLUMNS = { named: ['Key', 'Name', 'Groups'], needed: [], lists: ['Groups'], key: 'Key' };

const CSV = Buffer.from('\ufeffKey;Name;Groups\r\n"1";"René ""R"" Bos";a;\r\n2;"Jan\r\nBos";{a, b}\r\n');
const BOOK = buildWorkbook([
  {
    name: 'S',
    rows: [
      ['Key', 'Name'],
      ['1', 'René'],
      [{ padded: 2 }, { formula: 'A1', result: 'x' }],
    ],
  },
]);
/** Files that were read wrongly once, whole: what is near to them is likely to be read wrongly too. */
function corpus(extension: string): fc.Arbitrary<Buffer> {
  const files = readdirSync(FIELD, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(extension));
  return fc.constantFrom(...files.sort().map((name) => readFileSync(path.join(FIELD, name))));
}

const FIELD = path.resolve(import.meta.dirname, '../fixtures/field');

const LDIF =
  'version: 1\n\ndn: CN=Jan,DC=org\nobjectClass: user\nobjectGUID:: etpGAvXV3UuL5p49XaJ8kw==\nname:: UmVu6Q==\n\n# numEntries: 1\n';
const SHEET =
  '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Key</t></is></c><c/></row><row><c s="0"><v>12</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>';

/** The file, with some of its bytes others, some taken out and its end cut off. */
function damage(bytes: Buffer): fc.Arbitrary<Buffer> {
  const edit = fc.record({ at: fc.nat(bytes.length), take: fc.nat(3), put: fc.uint8Array({ maxLength: 4 }) });
  return fc
    .tuple(fc.array(edit, { maxLength: 6 }), fc.option(fc.nat(bytes.length), { freq: 4 }))
    .map(([edits, end]) => {
      let changed = bytes.subarray(0, end ?? bytes.length);
      for (const { at, take, put } of edits)
        changed = Buffer.concat([changed.subarray(0, at), put, changed.subarray(at + take)]);
      return changed;
    });
}

function holds<Input>(inputs: fc.Arbitrary<Input>, parse: (input: Input) => unknown): void {
  fc.assert(
    fc.property(inputs, (input) => {
      try {
        parse(input);
      } catch (error) {
        expect(error).toBeInstanceOf(ReconcileError);
      }
    }),
    RUNS,
  );
}

describe('a damaged file is read, or refused in our words', () => {
  it(
    'of CSV',
    () => {
      holds(damage(CSV), (bytes) => buildEntries(parseCsvTable(bytes, 'p.csv'), COLUMNS));
    },
    TIMEOUT_MS,
  );

  it(
    'of Excel, in the archive',
    () => {
      holds(damage(BOOK), (bytes) => buildEntries(parseExcelTable(bytes, 'p.xlsx'), COLUMNS));
    },
    TIMEOUT_MS,
  );

  it(
    'of Excel, in the sheet',
    () => {
      const parts = { 'xl/workbook.xml': '<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>' };
      const links = '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>';
      holds(damage(Buffer.from(SHEET)), (bytes) => {
        const sheet = bytes.toString('latin1');
        const all = { ...parts, 'xl/_rels/workbook.xml.rels': links, 'xl/worksheets/s.xml': sheet };
        return buildEntries(parseExcelTable(zip(new Map(Object.entries(all))), 'p.xlsx'), COLUMNS);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'of LDIF',
    () => {
      holds(damage(Buffer.from(LDIF)), (bytes) => {
        const parser = new LdifParser();
        for (const line of bytes.toString('latin1').split('\n')) parser.push(line);
        return parser.end();
      });
    },
    TIMEOUT_MS,
  );

  it(
    'of LDIF and CSV in the kept corpus',
    () => {
      holds(corpus('.ldif').chain(damage), (bytes) => {
        const parser = new LdifParser();
        for (const line of bytes.toString('latin1').split('\n')) parser.push(line);
        return parser.end();
      });
      holds(corpus('.csv').chain(damage), (bytes) => buildEntries(parseCsvTable(bytes, 'p.csv'), COLUMNS));
    },
    TIMEOUT_MS,
  );

  it(
    'of Excel in the kept corpus',
    () => {
      holds(corpus('.xlsx').chain(damage), (bytes) => buildEntries(parseExcelTable(bytes, 'p.xlsx'), COLUMNS));
    },
    TIMEOUT_MS,
  );

  it(
    'of YAML',
    () => {
      const text = Buffer.from(
        'kind: user\nkey: info\naddress: info@company.org\nfullName: Info\nactive: true\naliases: [a@company.org]\n',
      );
      holds(damage(text), (bytes) => parseHandWritten(bytes.toString('utf8'), 'a.yaml'));
    },
    TIMEOUT_MS,
  );
});

it(
  'no text makes a reader of values fail',
  () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      damage(Buffer.from("X'7ada4602f5d5dd4b8be69e3d5da27c93'")).map((bytes) => bytes.toString('latin1')),
      damage(Buffer.from('CN=Jansen\\, Jan,OU="a, b",DC=org')).map((bytes) => bytes.toString('latin1')),
      damage(Buffer.from('M: (+31) 6 12345678 / 06-87654321')).map((bytes) => bytes.toString('latin1')),
    );
    holds(texts, (text) => [
      normaliseDn(text),
      isDn(text),
      readTypedGuid(text),
      parseMobile(text, 'NL'),
      parseProxyAddresses([text]),
      parseYesNo(text),
    ]);
  },
  TIMEOUT_MS,
);
