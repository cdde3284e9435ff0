import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import { isDnUnder, normaliseDn } from '../directory/distinguished-name.ts';
import { MAILBOX_TYPE, mailboxTypeOf, MASTER_ACCOUNT } from '../directory/mailbox-type.ts';
import type { ExcludedEntry } from '../mapping/mapped.ts';
import { mapKey } from '../mapping/map-key.ts';
import { mapInactivity } from '../mapping/map-state.ts';
import { findAddressFault } from '../mapping/address-fault.ts';
import { mapAddresses } from '../mapping/rules.ts';
import type { Evidence, Reason } from '../schema/generated/plan.ts';
import type { Entry } from '../directory/entry.ts';
import type { DomainAnswer, SelectionAnswer } from '../directory/source.ts';

/** Why an account is missing: what the source says, never its mere absence (ARCHITECTURE.md, "Evidence"). */
export interface Explanation {
  readonly reason: Extract<
    Reason,
    'disabled' | 'expired' | 'moved' | 'filtered' | 'address-removed' | 'deleted' | 'unexplained'
  >;
  readonly evidence: Evidence;
}

/** Everything one server or file knows beyond its selection. */
export interface DomainRead extends Pick<DomainAnswer, 'people' | 'deleted'> {
  readonly configured: ConfiguredSource;
  /** By normalised DN: why the query does not select those who are missing. */
  readonly selection?: ReadonlyMap<string, SelectionAnswer>;
}

export interface ExplainInput {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly excluded: readonly ExcludedEntry[];
  readonly domains: readonly DomainRead[];
}

/** What `explainAbsences` looks at. */
export function evidenceAttributes({ mapping }: ConfiguredSource): string[] {
  const names = [
    'mail',
    mapping.accountKey,
    ...mapping.email,
    'userAccountControl',
    'accountExpires',
    MAILBOX_TYPE,
    MASTER_ACCOUNT,
  ];
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** Key → explanation, for all accounts about which a source says anything. What is not in it is unexplained. */
export function explainAbsences({ configuration, now, excluded, domains }: ExplainInput): Map<string, Explanation> {
  const explanations = new Map<string, Explanation>();
  const explain = (entry: Entry, source: ConfiguredSource, explanation: Explanation): void => {
    const identity = mapKey(entry, source.mapping, 'guid');
    if (identity) explanations.set(identity.key, explanation);
  };
  for (const { configured, deleted } of domains)
    for (const entry of deleted) explain(entry, configured, explainDeleted(entry, configured));
  for (const { configured, people, selection } of domains)
    for (const entry of people)
      explain(entry, configured, explainPerson(entry, { configured, configuration, now, selection }));
  for (const { key, reason, evidence } of excluded)
    if (key !== null && reason !== null) explanations.set(key, { reason, evidence });
  return explanations;
}

function explainDeleted(entry: Entry, { name }: ConfiguredSource): Explanation {
  return {
    reason: 'deleted',
    evidence: { source: name, lookup: 'deleted', entry: entry.dn, attribute: 'isDeleted', value: 'TRUE' },
  };
}

interface Place {
  readonly configured: ConfiguredSource;
  readonly configuration: Configuration;
  readonly now: Date;
  readonly selection: DomainRead['selection'];
}

function explainPerson(entry: Entry, { configured, configuration, now, selection }: Place): Explanation {
  const found = (reason: Explanation['reason'], attribute: string | null, value: string | null): Explanation => ({
    reason,
    evidence: { source: configured.name, lookup: 'domain', entry: entry.dn, attribute, value },
  });
  // A shared mailbox is disabled all its life: that says nothing about why it is not selected.
  const isMailbox = configured.mapping.sharedMailboxes.as === 'functional' && mailboxTypeOf(entry)?.use === 'shared';
  const inactivity = isMailbox ? null : mapInactivity(entry, now, configured.mapping);
  if (inactivity) return found(inactivity.reason, inactivity.attribute, inactivity.value);
  const { email } = configured.mapping;
  const fault = findAddressFault(entry, mapAddresses(entry, email), {
    mapping: configured.mapping,
    configuration,
  });
  if (fault?.leaves === true) return found('address-removed', fault.attribute, fault.value);
  const baseDn = configured.ldap?.baseDn ?? configured.ldif?.baseDn;
  const isUnderBase = baseDn === undefined || isDnUnder(entry.dn, baseDn);
  if (!isUnderBase) return found('moved', 'distinguishedName', entry.dn);
  if (configured.query === undefined) return found('filtered', null, null);
  const failing = selection?.get(normaliseDn(entry.dn))?.failing ?? [];
  return found(
    'filtered',
    'query',
    failing.length === 0 ? configured.query : failing.map(({ text }) => text).join(' '),
  );
}
