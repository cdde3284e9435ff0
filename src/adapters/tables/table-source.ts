import type { Entry } from '../../model/directory/entry.ts';
import { giveWhole, type Source } from '../../model/directory/source.ts';
import type { TableColumns } from '../../model/mapping/table-columns.ts';
import { buildEntries } from './table-entries.ts';
import type { Table } from './table.ts';

export interface TableSourceOptions {
  readonly name: string;
  readonly kind: 'csv' | 'excel';
  readonly columns: TableColumns;
  readonly readTable: () => Promise<Table>;
}

/** A source whose entries are the rows of a table. What is not in the table does not exist for it. */
export function createTableSource({ name, kind, columns, readTable }: TableSourceOptions): Source {
  let content: Promise<{ place: string; entries: readonly Entry[] }> | undefined;
  const readContent = async (): Promise<{ place: string; entries: readonly Entry[] }> => {
    const table = await readTable();
    return { place: table.place, entries: buildEntries(table, columns) };
  };
  const read = (): Promise<{ place: string; entries: readonly Entry[] }> => (content ??= readContent());
  return {
    name,
    async read(_, taker) {
      const { place, entries } = await read();
      const rest = { baseDn: '', groups: [], pages: 1, warnings: [] };
      return giveWhole({ name, kind, server: place, selected: entries, ...rest }, taker);
    },
    lookUpDns: async () => [],
    lookUpValues: async () => [],
    readDomain: async () => ({ people: [], deleted: [] }),
    async visitSelected(limit, visit) {
      const { place, entries } = await read();
      entries.slice(0, limit).forEach((entry) => visit(entry));
      return { server: place };
    },
    async close() {
      content = undefined;
    },
  };
}
