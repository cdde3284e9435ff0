import type { Problem } from '../errors.ts';
import { APPROVAL_NAMESPACE } from './statement.ts';
import type { Signer, SignerKey } from './signers.ts';
import { formatPublicKey, parsePublicKeyLine } from './ssh-public-key.ts';
import { WireFault } from './ssh-wire.ts';
import { momentOf, type Term } from './term.ts';

/** The people in OpenSSH's format ALLOWED SIGNERS (ssh-keygen(1)): a line a key, for `ssh-keygen -Y verify`. */
export function formatAllowedSigners(signers: readonly Signer[]): string {
  return signers.map((signer) => signer.keys.map((key) => formatLine(signer, key)).join('')).join('');
}

function formatLine(signer: Signer, key: SignerKey): string {
  return formatAllowedSigner(key.key, {
    principal: signer.address,
    namespace: APPROVAL_NAMESPACE,
    terms: [signer, key],
  });
}

export interface AllowedUse {
  readonly principal: string;
  readonly namespace: string;
  /** In force where all of them are. */
  readonly terms: readonly Term[];
}

/** One line of ALLOWED SIGNERS. `key`: as in a .pub file. */
export function formatAllowedSigner(key: string, { principal, namespace, terms }: AllowedUse): string {
  const froms = terms.flatMap(({ from }) => (from === undefined ? [] : [momentOf(from)]));
  const untils = terms.flatMap(({ until }) => (until === undefined ? [] : [momentOf(until)]));
  const options = [
    `namespaces="${namespace}"`,
    ...(froms.length > 0 ? [`valid-after="${formatMoment(Math.max(...froms))}"`] : []),
    // OpenSSH counts the moment itself as in force; ours ends before it.
    ...(untils.length > 0 ? [`valid-before="${formatMoment(Math.min(...untils) - 1000)}"`] : []),
  ];
  return `${principal} ${options.join(',')} ${formatPublicKey(parsePublicKeyLine(key))}\n`;
}

/** YYYYMMDDHHMMSSZ */
function formatMoment(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
}

export interface ImportedSigners {
  readonly signers: readonly Signer[];
  /** Lines whose namespaces are others than that of approvals. */
  readonly otherUses: number;
  readonly problems: readonly Problem[];
}

/** Lines of an allowed_signers file → people, one an address. Lines for other uses than approvals are counted and left out. */
export function parseAllowedSigners(text: string, file: string): ImportedSigners {
  const byAddress = new Map<string, Signer>();
  const problems: Problem[] = [];
  let otherUses = 0;
  text.split(/\r?\n/).forEach((line, index) => {
    if (/^\s*(#|$)/.test(line)) return;
    const where = `${file}:${index + 1}`;
    const read = parseLine(line);
    if (typeof read === 'string') return void problems.push({ where, what: read });
    if (!read.isForApprovals) return void otherUses++;
    const { address, key } = read;
    const known = byAddress.get(address.toLowerCase());
    if (known === undefined) byAddress.set(address.toLowerCase(), { name: nameOf(address, key), address, keys: [key] });
    else known.keys.push(key);
  });
  return { signers: [...byAddress.values()], otherUses, problems };
}

interface AllowedLine {
  readonly address: string;
  readonly key: SignerKey;
  readonly isForApprovals: boolean;
}

const KEY = /(?:^|\s)((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*(?: .*)?)$/;

/** A string: why it cannot be taken. */
function parseLine(line: string): AllowedLine | string {
  const match = KEY.exec(line);
  const [, key = ''] = match ?? [];
  const [address = '', ...rest] = line.slice(0, match?.index ?? 0).split(/\s+/);
  const options = rest.join(' ').trim();
  if (!/^[^\s@,"*?!<>]+@[^\s@,"*?!<>]+$/.test(address)) return 'does not name one person by an address';
  try {
    parsePublicKeyLine(key);
  } catch (fault) {
    if (fault instanceof WireFault) return `the key ${fault.message}`;
    throw fault;
  }
  if (/(^|,)cert-authority(,|$)/i.test(options)) return 'names an authority for certificates, which cannot approve';
  const namespaces = valueOf(options, 'namespaces');
  const moments = { from: readMoment(options, 'valid-after', 0), until: readMoment(options, 'valid-before', 1000) };
  if (moments.from === null || moments.until === null) return 'has a time in no form that is known here';
  const { from, until } = moments;
  return {
    address,
    key: { key, ...(from !== undefined && { from }), ...(until !== undefined && { until }) },
    isForApprovals: namespaces === undefined || namespaces.split(',').includes(APPROVAL_NAMESPACE),
  };
}

function valueOf(options: string, name: string): string | undefined {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`, 'i').exec(options)?.[1];
}

/** Null: cannot be read. A time without Z is of whatever machine verifies; it is taken as UTC. */
function readMoment(options: string, name: string, laterMs: number): string | undefined | null {
  const value = valueOf(options, name);
  if (value === undefined) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z?$/.exec(value) ?? [];
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(moment)) return null;
  return `${new Date(moment + laterMs).toISOString().slice(0, 19)}Z`;
}

/** The comment of the key, or the part of the address before the @. */
function nameOf(address: string, { key }: SignerKey): string {
  const comment = key.split(' ').slice(2).join(' ').trim();
  return comment === '' || comment.includes('@') ? (address.split('@')[0] ?? address) : comment.slice(0, 100);
}
