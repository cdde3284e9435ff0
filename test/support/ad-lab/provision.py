"""Provision a Samba AD domain offline and load a population into it.

usage: provision.py DIRECTORY SPECIFICATION.json

The specification is written by provision.ts: domain, fixed identifiers, passwords,
`entries` to add and `links` to set afterwards. Nothing is random in here.
"""

import json
import logging
import os
import shutil
import sys
import time

import ldb
from samba.auth import system_session
from samba.dcerpc import misc, security
from samba.ndr import ndr_pack
from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
from samba.param import LoadParm
from samba.provision import provision
from samba.samdb import SamDB

from exchange_schema import CLASS_LINKS, attribute_records

RELAX = ["relax:0"]


def main():
    # The machine's own smb.conf must not shape the lab.
    os.environ["SMB_CONF_PATH"] = os.devnull
    directory, specification_file = sys.argv[1:3]
    with open(specification_file, encoding="utf-8") as file:
        specification = json.load(file)
    smb_conf = os.path.join(directory, "etc", "smb.conf")
    # samba.provision writes its own smb.conf; ours is laid over it afterwards, by server.ts.
    provision_domain(directory, specification)
    load_parameters = LoadParm()
    load_parameters.load(smb_conf)
    extend_schema(load_parameters)
    started = time.monotonic()
    load_population(load_parameters, specification)
    set_passwords(load_parameters, specification)
    shutil.rmtree(os.path.join(directory, "state", "sysvol"), ignore_errors=True)
    print(f"loaded {len(specification['entries'])} entries in {time.monotonic() - started:.1f} s")


def provision_domain(directory, specification):
    domain = specification["domain"]
    logger = logging.getLogger("provision")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.setLevel(logging.WARNING)
    provision(
        logger,
        system_session(),
        targetdir=directory,
        realm=domain["realm"],
        domain=domain["netbios"],
        hostname=domain["host"],
        hostip="127.0.0.1",
        serverrole="active directory domain controller",
        dns_backend="NONE",
        dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2,
        adminpass=specification["administratorPassword"],
        domainsid=security.dom_sid(domain["sid"]),
        domainguid=domain["guid"],
        ntdsguid=domain["ntdsGuid"],
        invocationid=domain["invocationId"],
        use_rfc2307=False,
        skip_sysvolacl=True,
        batch_mode=True,
    )


def open_directory(load_parameters, options=()):
    return SamDB(
        url=load_parameters.private_path("sam.ldb"),
        session_info=system_session(),
        lp=load_parameters,
        options=list(options),
    )


def extend_schema(load_parameters):
    load_parameters.set("dsdb:schema update allowed", "yes")
    samdb = open_directory(load_parameters)
    schema_dn = str(samdb.get_schema_basedn())
    for record in attribute_records(schema_dn):
        samdb.add(record)
    samdb.set_schema_update_now()
    for class_name, attributes in CLASS_LINKS.items():
        message = ldb.Message(ldb.Dn(samdb, f"CN={class_name},{schema_dn}"))
        message["mayContain"] = ldb.MessageElement(attributes, ldb.FLAG_MOD_ADD, "mayContain")
        samdb.modify(message)
    samdb.set_schema_update_now()


def load_population(load_parameters, specification):
    # Without batch_mode one transaction slows down with every addition (3,000 users: 120 s). It refuses schema changes.
    samdb = open_directory(load_parameters, ["batch_mode:1"])
    samdb.transaction_start()
    try:
        for entry in specification["entries"]:
            samdb.add(build_message(samdb, entry), RELAX)
        for link in specification["links"]:
            message = ldb.Message(ldb.Dn(samdb, link["dn"]))
            message["link"] = ldb.MessageElement(encode(link["values"]), ldb.FLAG_MOD_ADD, link["attribute"])
            samdb.modify(message)
        # A template older than the default 42 days must still let its accounts in.
        policy = ldb.Message(ldb.Dn(samdb, str(samdb.domain_dn())))
        policy["maxPwdAge"] = ldb.MessageElement("0", ldb.FLAG_MOD_REPLACE, "maxPwdAge")
        policy["lockoutDuration"] = ldb.MessageElement(str(-(2**63)), ldb.FLAG_MOD_REPLACE, "lockoutDuration")
        samdb.modify(policy)
    except BaseException:
        samdb.transaction_cancel()
        raise
    samdb.transaction_commit()


def build_message(samdb, entry):
    message = ldb.Message(ldb.Dn(samdb, entry["dn"]))
    if "guid" in entry:
        guid = ndr_pack(misc.GUID(entry["guid"]))
        message["objectGUID"] = ldb.MessageElement([guid], ldb.FLAG_MOD_ADD, "objectGUID")
    for name, values in entry["attributes"].items():
        message[name] = ldb.MessageElement(encode(values), ldb.FLAG_MOD_ADD, name)
    return message


def encode(values):
    return [value.encode("utf-8") for value in values]


def set_passwords(load_parameters, specification):
    samdb = open_directory(load_parameters)
    for login in specification["logins"]:
        samdb.setpassword(
            f"(sAMAccountName={login['name']})",
            specification["servicePassword"],
            force_change_at_next_login=login.get("mustChange", False),
        )
        after = login.get("afterwards")
        if after:
            found = samdb.search(samdb.domain_dn(), ldb.SCOPE_SUBTREE, f"(sAMAccountName={login['name']})", ["dn"])
            message = ldb.Message(found[0].dn)
            for name, value in after.items():
                raw = bytes(21) if value == "no-hours" else value.encode("utf-8")
                message[name] = ldb.MessageElement([raw], ldb.FLAG_MOD_REPLACE, name)
            samdb.modify(message, RELAX)


if __name__ == "__main__":
    main()
