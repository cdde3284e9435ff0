import { accountKeyOf } from '../../model/account/key.ts';
import { parseMailAddress } from '../../model/directory/mail-address.ts';
import type { Problem } from '../../model/errors.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import type { HandWrittenAccount } from '../../model/schema/generated/handwritten.ts';
import { findDocumentFaults, parseYamlDocument, type YamlDocument } from '../../model/schema/yaml-document.ts';

/** An account that people wrote into a file. */
export interface HandWritten {
  /** `accounts/info.yaml`. */
  readonly file: string;
  readonly account: DesiredAccount;
}

export type ParsedHandWritten =
  { readonly ok: true; readonly written: HandWritten } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Text of one file → its account, or every fault with line and column. */
export function parseHandWritten(text: string, file: string): ParsedHandWritten {
  const parsed = parseYamlDocument(text, file);
  if (!parsed.ok) return parsed;
  const { document } = parsed;
  const problems = [...findKindFaults(document), ...findValueFaults(document)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, written: { file, account: buildAccount(document.data as HandWrittenAccount) } };
}

/** As desired files have it: addresses in lower case, lists sorted. */
function buildAccount(written: HandWrittenAccount): DesiredAccount {
  const account: Record<string, unknown> = { ...written, key: keyOf(written.key), address: tidy(written.address) };
  for (const name of LISTS) {
    const list = account[name] as readonly string[] | undefined;
    if (list !== undefined) account[name] = [...new Set(list.map(tidy))].sort();
  }
  return account as unknown as DesiredAccount;
}

const LISTS = ['aliases', 'delegates', 'members'] as const;

function tidy(address: string): string {
  return parseMailAddress(address) ?? address;
}

function findKindFaults(document: YamlDocument): Problem[] {
  const kind = (document.data as Readonly<Record<string, unknown>> | null)?.['kind'];
  if (kind !== 'user' && kind !== 'functional')
    return [{ where: document.whereIs('/kind'), what: 'kind: must be user or functional' }];
  const faults = findDocumentFaults(
    document,
    'handwritten',
    kind === 'user' ? 'HandWrittenUser' : 'HandWrittenFunctional',
  );
  return faults.map(({ where, what }) => ({ where, what: what.replace(/must match pattern "(.*)"$/, explainPattern) }));
}

/** Nobody should have to read a regular expression. */
function explainPattern(rule: string, pattern: string): string {
  if (pattern === '@') return NO_ADDRESS;
  if (pattern.startsWith('^[a-z0-9]'))
    return 'must be a short name of small letters, digits, ".", "_" and "-": info-desk';
  return pattern.startsWith('^\\+') ? 'must be a number with country code, without blanks: "+31612345678"' : rule;
}

const NO_ADDRESS = 'is not an e-mail address that Zivver can use';

/** What the patterns of the schema cannot say. */
function findValueFaults(document: YamlDocument): Problem[] {
  const data = (document.data ?? {}) as Readonly<Record<string, unknown>>;
  const problems: Problem[] = [];
  const complain = (pointer: string, what: string): void =>
    void problems.push({ where: document.whereIs(pointer), what: `${pointer.slice(1).replaceAll('/', '.')}: ${what}` });
  const addresses = LISTS.flatMap((name) => {
    const list = data[name];
    return Array.isArray(list) ? list.map((value, index): [string, unknown] => [`/${name}/${index}`, value]) : [];
  });
  for (const [pointer, value] of [['/address', data['address']] as const, ...addresses]) {
    if (typeof value === 'string' && value.includes('@') && parseMailAddress(value) === null)
      complain(pointer, NO_ADDRESS);
  }
  const key = data['key'];
  if (typeof key === 'string' && UUID.test(key) && !ACCOUNT_KEY.test(key))
    complain('/key', 'is a UUID, but not the key of an account; take the key of its desired file, or a short name');
  return problems;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ACCOUNT_KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A name is no accountKey value of another source, whatever it looks like: hence the prefix. */
function keyOf(written: string): string {
  return ACCOUNT_KEY.test(written) ? written : accountKeyOf(`written by hand: ${written}`);
}
