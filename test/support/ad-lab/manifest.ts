/** What a lab holds, as generated, not as read back: tests derive from it what must be found. */

/** One entry that was loaded. DNs everywhere are as Samba writes them. */
export interface LabEntry {
  /** Short name, stable over seeds for the fixed entries, e.g. `twin-primary-1`, `person-17`. */
  readonly key: string;
  readonly dn: string;
  /** objectGUID in canonical form, lower case. */
  readonly guid: string;
  /** Every attribute as loaded, in schema spelling, without links (member, memberOf, msExchDelegateListLink). */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** What is special about it, e.g. `awkward-name`, `no-mail`. */
  readonly tags: readonly string[];
}

/** Addresses as an importer must see them: lower case, from proxyAddresses only. */
export interface LabMailEntry extends LabEntry {
  /** The only `SMTP:` value; null if there is none or more than one. */
  readonly primary: string | null;
  /** `smtp:` values in any domain, sorted. */
  readonly aliases: readonly string[];
  /** DNs of the groups that name it directly, sorted. The primary group is not among them, as in AD. */
  readonly memberOf: readonly string[];
}

export interface LabPerson extends LabMailEntry {
  /** userAccountControl without bit 2. */
  readonly enabled: boolean;
  /** accountExpires lies in the past. */
  readonly expired: boolean;
  /** DN of the unit it stands in. */
  readonly ou: string;
  /** DNs in msExchDelegateListLink, sorted. */
  readonly delegates: readonly string[];
}

export interface LabGroup extends LabMailEntry {
  /** DNs of direct members of all kinds, sorted. */
  readonly members: readonly string[];
}

/** A login besides the people; all have the service account's password. */
export interface LabLogin {
  readonly name: string;
  readonly dn: string;
  readonly guid: string;
  /** The `data` code with which AD refuses it, null if it may log in. */
  readonly refusal: string | null;
}

export interface LabManifest {
  readonly seed: string;
  readonly baseDn: string;
  /** DNs of the units, parents first. */
  readonly units: readonly string[];
  readonly people: readonly LabPerson[];
  readonly groups: readonly LabGroup[];
  readonly contacts: readonly LabMailEntry[];
  readonly computers: readonly LabEntry[];
  readonly logins: readonly LabLogin[];
}
