import path from 'node:path';
import type { SourceConfiguration } from '../../model/schema/generated/organisation.ts';
import { readCsvTable } from '../../adapters/tables/csv-table.ts';
import { readExcelTable } from '../../adapters/tables/excel-table.ts';
import type { Source } from '../../model/directory/source.ts';
import type { TableColumns } from '../../model/mapping/table-columns.ts';
import { createTableSource } from '../../adapters/tables/table-source.ts';
import { createYamlSource } from '../../adapters/yaml-files/yaml-source.ts';

export interface FileSourceOptions {
  /** Where relative names start. */
  readonly folder: string;
  /** Of csv and excel. */
  readonly columns: TableColumns;
}

/** The source of a configuration that names `csv`, `excel` or `yaml`. Reads nothing yet. */
export function createFileSource(
  { name, csv, excel, yaml }: Pick<SourceConfiguration, 'name' | 'csv' | 'excel' | 'yaml'>,
  { folder, columns }: FileSourceOptions,
): Source {
  const resolve = (file: string): string => path.resolve(folder, file);
  if (csv !== undefined) {
    const readTable = () => readCsvTable(resolve(csv.file), csv.file, csv);
    return createTableSource({ name, kind: 'csv', columns, readTable });
  }
  if (excel !== undefined) {
    const readTable = () => readExcelTable(resolve(excel.file), excel.file, excel.sheet);
    return createTableSource({ name, kind: 'excel', columns, readTable });
  }
  if (yaml === undefined) throw new TypeError(`source ${name} is no file`);
  return createYamlSource({ name, folder: resolve(yaml.folder), place: yaml.folder.replace(/\/$/, '') });
}
