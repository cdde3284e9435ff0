/** How AD's schema spells the attributes that administrators meet; the directory itself takes any case. */
const SPELLINGS = `accountExpires adminCount badPasswordTime badPwdCount cn co codePage comment company countryCode
   dSCorePropagationData department departmentNumber description directReports displayName displayNamePrintable
   distinguishedName division employeeID employeeNumber employeeType facsimileTelephoneNumber givenName homeDirectory
   homeDrive homeMDB homePhone info initials instanceType ipPhone jpegPhoto l lastLogoff lastLogon lastLogonTimestamp
   legacyExchangeDN lockoutTime logonCount logonHours mDBUseDefaults mS-DS-ConsistencyGuid mail mailNickname manager
   memberOf middleName mobile msDS-SupportedEncryptionTypes msExchArchiveGUID msExchDelegateListBL
   msExchDelegateListLink msExchHideFromAddressLists msExchHomeServerName msExchMailboxGuid msExchPoliciesIncluded
   msExchRecipientDisplayType msExchRecipientTypeDetails msExchUserAccountControl msExchVersion
   msRTCSIP-PrimaryUserAddress msRTCSIP-UserEnabled name objectCategory objectClass objectGUID objectSid otherMobile
   otherTelephone pager personalTitle physicalDeliveryOfficeName postalCode primaryGroupID profilePath proxyAddresses
   publicDelegates publicDelegatesBL pwdLastSet roomNumber sAMAccountName sAMAccountType scriptPath
   servicePrincipalName sn st streetAddress targetAddress telephoneNumber textEncodedORAddress thumbnailPhoto title uid
   uSNChanged uSNCreated userAccountControl userCertificate userPrincipalName userWorkstations wWWHomePage whenChanged
   whenCreated`.split(/\s+/);

const BY_NAME = new Map(SPELLINGS.map((name) => [name.toLowerCase(), name]));

/** Spelling for people of a name in lower case; `configured`: names as the configuration spells them. */
export function buildSpelling(configured: readonly string[]): (name: string) => string {
  const own = new Map(configured.map((name) => [name.toLowerCase(), name]));
  return (name) =>
    BY_NAME.get(name) ?? own.get(name) ?? name.replace(/^extensionattribute(?=\d)/, 'extensionAttribute');
}
