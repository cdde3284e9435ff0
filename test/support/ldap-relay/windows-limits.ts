import { buildTlv, readTlvs } from './ber.ts';
import type { LdapMessage } from './ldap-message.ts';
import { buildMessage, findPagedControl, replacePagedControl } from './ldap-message.ts';

/** LDAP policies of a Windows domain controller (MS-ADTS 3.1.1.3.4.6). */
export interface WindowsLimits {
  /** MaxPageSize: entries in a page, and in an answer without paging. */
  readonly pageSize: number;
  /** MaxValRange: values of one attribute. */
  readonly valueRange: number;
}

export const WINDOWS_DEFAULTS: WindowsLimits = { pageSize: 1000, valueRange: 1500 };

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTETS = 0x04;
const RANGE_OPTION = /^(.*);range=(\d+)-(\d+|\*)$/i;

/** The search request with its page size lowered to the limit; unchanged if it needs nothing. */
export function capPageSize(request: LdapMessage, { pageSize }: WindowsLimits): Buffer {
  const paged = findPagedControl(request);
  if (paged === undefined || paged.size <= pageSize) return request.whole;
  return replacePagedControl(request, { ...paged, size: pageSize });
}

/** The entry with too long attributes cut and named `attribute;range=0-1499`; later ranges are cut likewise. */
export function capValues(entry: LdapMessage, { valueRange }: WindowsLimits): Buffer {
  const [dn, list] = readTlvs(entry.operation.content);
  if (dn === undefined || list === undefined) return entry.whole;
  const attributes = readTlvs(list.content);
  const capped = attributes.map((attribute) => capAttribute(attribute.content, valueRange) ?? attribute.whole);
  if (capped.every((bytes, position) => bytes === attributes[position]?.whole)) return entry.whole;
  const operation = buildTlv(entry.operation.tag, dn.whole, buildTlv(SEQUENCE, ...capped));
  return buildMessage(
    entry.id,
    operation,
    entry.controls.map((control) => control.whole),
  );
}

/** Undefined if the attribute is short enough. Samba itself has served the ranges that were asked for. */
function capAttribute(attribute: Buffer, limit: number): Buffer | undefined {
  const [type, set] = readTlvs(attribute);
  if (type === undefined || set === undefined) return undefined;
  const values = readTlvs(set.content);
  if (values.length <= limit) return undefined;
  const name = type.content.toString('utf8');
  const [, bare = name, start = '0'] = RANGE_OPTION.exec(name) ?? [];
  const range = `${bare};range=${start}-${Number(start) + limit - 1}`;
  const kept = values.slice(0, limit).map((value) => value.whole);
  return buildTlv(SEQUENCE, buildTlv(OCTETS, Buffer.from(range)), buildTlv(SET, ...kept));
}
