import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of this repository. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export const ORGANISATION = 'example';

/** What the example starts from: Zivver, the desired files, the plan and the ledger of the week before. */
export const BEFORE = path.join('test', 'fixtures', 'example');

/** Opens the sealed keys of invented people, and nothing else. */
export const IDENTITY_FILE = path.join(BEFORE, 'throw-away.age-identity');

/** Text of every file below a folder, by path from the root with forward slashes. */
export type Files = ReadonlyMap<string, string>;
