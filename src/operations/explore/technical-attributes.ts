/** Attributes that the directory keeps for itself: nothing an account could be made of. Lower case. */
const TECHNICAL: ReadonlySet<string> = new Set([
  'adminacount',
  'admincount',
  'badpasswordtime',
  'badpwdcount',
  'codepage',
  'countrycode',
  'dscorepropagationdata',
  'instancetype',
  'lastlogoff',
  'lastlogon',
  'lastlogontimestamp',
  'lockouttime',
  'logoncount',
  'logonhours',
  'msds-supportedencryptiontypes',
  'objectcategory',
  'objectclass',
  'primarygroupid',
  'pwdlastset',
  'samaccounttype',
  'usnchanged',
  'usncreated',
  'whenchanged',
  'whencreated',
]);

/** Beside those, attributes whose values are flags or instants that say nothing of a person. */
const IMPERSONAL: ReadonlySet<string> = new Set([
  'accountexpires',
  'useraccountcontrol',
  'msexchrecipienttypedetails',
  'msexchrecipientdisplaytype',
  'msexchversion',
  'msexchhidefromaddresslists',
]);

export function isTechnical(name: string): boolean {
  return TECHNICAL.has(name);
}

/** True if an example may be shown as it is: flags, counts, instants and classes. */
export function isImpersonal(name: string): boolean {
  return TECHNICAL.has(name) || IMPERSONAL.has(name);
}
