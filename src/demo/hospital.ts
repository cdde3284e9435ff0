import { createHash } from 'node:crypto';

/** An invented hospital as its Active Directory holds it. No such hospital, no such people. */
export interface Hospital {
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  readonly others: readonly OtherEntry[];
}

export interface Person {
  /** sAMAccountName; stays when the name changes. */
  readonly login: string;
  readonly name: string;
  /** Path below the domain, such as `OU=Care,OU=Staff`. */
  readonly place: string;
  /** Primary address; null = no mailbox. */
  readonly address: string | null;
  readonly aliases: readonly string[];
  /** What people see; the hostile one differs from the name. */
  readonly displayName: string;
  readonly mobile: string | null;
  readonly isDisabled: boolean;
  /** FILETIME, null = never. */
  readonly expires: string | null;
  /** Common names of groups. */
  readonly groups: readonly string[];
  /** Logins of the people who may read this mailbox. */
  readonly delegates: readonly string[];
}

export interface Group {
  readonly name: string;
  readonly address: string | null;
  /** Groups this one is in. */
  readonly groups: readonly string[];
}

/** Computers and contacts: never an account. */
export interface OtherEntry {
  readonly name: string;
  readonly place: string;
  readonly objectClass: 'computer' | 'contact';
  readonly address: string | null;
}

export const DOMAIN = 'lindenhof.example';
export const BASE_DN = 'DC=lindenhof,DC=example';
export const STAFF_DN = `OU=Staff,${BASE_DN}`;
export const CARE = 'OU=Care,OU=Staff';
export const CLINIC = 'OU=Clinic,OU=Staff';
export const OFFICE = 'OU=Office,OU=Staff';
export const TRAINEES = 'OU=Trainees,OU=Staff';
export const LEAVERS = 'OU=Leavers';
export const GROUPS = 'OU=Groups';

/** A person with what most have: an address like the login, an active account, nothing else. */
export function buildPerson(
  login: string,
  name: string,
  more: Pick<Person, 'place'> & Partial<Omit<Person, 'login' | 'name'>>,
): Person {
  return {
    login,
    name,
    address: `${login}@${DOMAIN}`,
    aliases: [],
    displayName: name,
    mobile: null,
    isDisabled: false,
    expires: null,
    groups: [],
    delegates: [],
    ...more,
  };
}

export function dnOf({ name, place }: { readonly name: string; readonly place: string }): string {
  return `CN=${name.replace(/[,\\#+<>;"=]/g, '\\$&')},${place},${BASE_DN}`;
}

/** Raw bytes of the objectGUID, the same in every run. `subject` is a login or the name of a group. */
export function guidOf(subject: string): Buffer {
  const bytes = createHash('sha256').update(`zivver-gitops example ${subject}`).digest().subarray(0, 16);
  // Version 4, variant 1; the third field is little-endian.
  bytes.writeUInt8((bytes.readUInt8(7) & 0x0f) | 0x40, 7);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes;
}
