"""The part of the Exchange schema extension the product reads: attributes and the classes that may hold them.

Names, syntaxes and the published OIDs follow Microsoft's Exchange schema. The link ids are in the range of
the real pair, even for the forward link and one more for the backward link.
"""

EXCHANGE_ARC = "1.2.840.113556.1.4.7000.102"
DELEGATE_LINK_ID = 1180

TEXT = {"attributeSyntax": "2.5.5.12", "oMSyntax": "64"}
LARGE_INTEGER = {"attributeSyntax": "2.5.5.16", "oMSyntax": "65"}
BOOLEAN = {"attributeSyntax": "2.5.5.8", "oMSyntax": "1"}
DN = {"attributeSyntax": "2.5.5.1", "oMSyntax": "127", "oMObjectClass": b"\x2b\x0c\x02\x87\x73\x1c\x00\x85\x4a"}

EXTENSION_ATTRIBUTES = [f"extensionAttribute{number}" for number in range(1, 16)]

# (lDAPDisplayName, OID, syntax, more)
ATTRIBUTES = [
    ("msExchDelegateListLink", f"{EXCHANGE_ARC}.50816", DN, {"isSingleValued": "FALSE", "linkID": DELEGATE_LINK_ID}),
    ("msExchDelegateListBL", f"{EXCHANGE_ARC}.50817", DN, {"isSingleValued": "FALSE", "linkID": DELEGATE_LINK_ID + 1}),
    ("msExchRecipientTypeDetails", f"{EXCHANGE_ARC}.50855", LARGE_INTEGER, {}),
    ("msExchHideFromAddressLists", "1.2.840.113556.1.4.7000.102.73", BOOLEAN, {}),
    ("mailNickname", "1.2.840.113556.1.2.447", TEXT, {"rangeUpper": "64"}),
] + [
    (name, f"1.2.840.113556.1.2.{423 + index}" if index < 10 else f"{EXCHANGE_ARC}.60{index}", TEXT, {"rangeUpper": "1024"})
    for index, name in enumerate(EXTENSION_ATTRIBUTES)
]

_RECIPIENT = [
    "msExchRecipientTypeDetails",
    "msExchHideFromAddressLists",
    "mailNickname",
    *EXTENSION_ATTRIBUTES,
]

# Schema classes by CN, the attributes each of them gets.
CLASS_LINKS = {
    "User": [*_RECIPIENT, "msExchDelegateListLink"],
    "Group": [*_RECIPIENT],
    "Contact": [*_RECIPIENT],
    "Top": ["msExchDelegateListBL"],
}


def attribute_records(schema_dn):
    """Yields one attributeSchema entry for each attribute."""
    for name, oid, syntax, more in ATTRIBUTES:
        common_name = "ms-Exch-" + name[6:] if name.startswith("msExch") else name
        record = {
            "dn": f"CN={common_name},{schema_dn}",
            "objectClass": ["top", "attributeSchema"],
            "lDAPDisplayName": name,
            "attributeID": oid,
            "isSingleValued": "TRUE",
            "searchFlags": "1",
            "showInAdvancedViewOnly": "TRUE",
            "adminDisplayName": common_name,
            **syntax,
            **more,
        }
        yield {key: value if isinstance(value, (list, bytes)) else str(value) for key, value in record.items()}
