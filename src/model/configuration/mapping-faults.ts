import type { DivisionRule, Mapping } from '../schema/generated/organisation.ts';
import { isDn, normaliseDn } from '../directory/distinguished-name.ts';
import { BINARY_ATTRIBUTES } from '../directory/entry.ts';
import { listOf } from './mapping-rules.ts';
import { isOneChange } from './text-changes.ts';
import { ATTRIBUTE, parseNameTemplate } from './name-template.ts';

/** `below`: JSON pointer under the source. */
type Complain = (below: string, what: string) => void;

/** What a JSON schema cannot say of `mapping:`. */
export function findMappingFaults(mapping: Mapping, complain: Complain, name = ATTRIBUTE): void {
  const { groups, delegates, sharedMailboxes } = mapping;
  const ofGroups = typeof groups === 'object' ? groups : {};
  for (const use of ['fullName', 'accountKey'] as const)
    mapping.changes?.[use]?.forEach((change, index) => {
      if (!isOneChange(change))
        complain(
          `/mapping/changes/${use}/${index}`,
          'is not one step: one of before, after, stripSuffix, or replace and with',
        );
    });
  if (
    mapping.changes?.accountKey !== undefined &&
    BINARY_ATTRIBUTES.has((mapping.accountKey ?? 'objectGUID').toLowerCase())
  )
    complain(
      '/mapping/changes/accountKey',
      `${mapping.accountKey ?? 'objectGUID'} has bytes, and only a text can be changed`,
    );
  findNameFaults(mapping.fullName, '/mapping/fullName', { complain, name });
  findNameFaults(ofGroups.fullName, '/mapping/groups/fullName', { complain, name });
  refuseNone(mapping.email, '/mapping/email', complain);
  refuseNone(ofGroups.email, '/mapping/groups/email', complain);
  refuseNone(mapping.accountKey, '/mapping/accountKey', complain);
  if (mapping.mobile !== 'none') refuseNone(mapping.mobile, '/mapping/mobile', complain);
  if (typeof delegates === 'object') refuseNone(delegates.attribute, '/mapping/delegates/attribute', complain);
  const as = typeof sharedMailboxes === 'object' ? sharedMailboxes.as : sharedMailboxes;
  if (as === 'functional' && delegates === 'none')
    complain(
      '/mapping/sharedMailboxes',
      'the members of shared mailboxes are their delegates, but delegates is none; map delegates, or exclude them',
    );
}

/** Rows that name nothing, or one unit twice, would be decided by chance. */
export function findDivisionFaults(rule: DivisionRule, complain: Complain): void {
  if (rule.by === 'attribute' && rule.attribute === undefined)
    complain('/division', 'division by attribute needs the key attribute');
  if (rule.by === 'ou' && rule.ou === undefined) complain('/division', 'division by ou needs the table ou');
  if (rule.by === 'constant' && rule.value === undefined)
    complain('/division', 'division by constant needs the key value');
  const seen = new Set<string>();
  rule.ou?.forEach(({ dn }, index) => {
    const key = normaliseDn(dn);
    if (!isDn(dn)) complain(`/division/ou/${index}/dn`, `"${dn}" is not a distinguished name; copy it from AD`);
    if (seen.has(key)) complain(`/division/ou/${index}/dn`, `the table names the unit ${dn} twice`);
    seen.add(key);
  });
}

function findNameFaults(
  given: string | readonly string[] | undefined,
  pointer: string,
  { complain, name }: { readonly complain: Complain; readonly name: RegExp },
): void {
  if (given === undefined) return;
  listOf(given).forEach((text, index) => {
    const parsed = parseNameTemplate(text, name);
    const at = typeof given === 'string' ? pointer : `${pointer}/${index}`;
    if ('fault' in parsed) complain(at, `character ${parsed.column} of the name: ${parsed.fault}`);
    else if (text === 'none') complain(at, NO_NONE);
  });
}

function refuseNone(given: string | readonly string[] | undefined, pointer: string, complain: Complain): void {
  if (given !== undefined && listOf(given).includes('none')) complain(pointer, NO_NONE);
}

const NO_NONE = 'none is no attribute, and this cannot be left unmapped here; name an attribute';
