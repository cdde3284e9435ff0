import { fact } from '../facts/fact.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { mapAccounts } from '../mapping/map-accounts.ts';
import { takeWhole } from '../mapping/open-mapping.ts';
import type { ExcludedEntry } from '../mapping/mapped.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import type { SecondAnswer, SelectionAnswer, SourceSnapshot } from '../directory/source.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { mapKey } from '../mapping/map-key.ts';
import { findUnreadEntries, hasHiddenKeys } from './unread-entries.ts';
import { explainAbsences, type DomainRead, type Explanation } from './evidence.ts';

/** What is known of the accounts that no source selects, from all who were asked. */
export interface Absences {
  /** Key → what a source says about it. */
  readonly explanations: ReadonlyMap<string, Explanation>;
  /** For every other account. */
  readonly unexplained: Explanation;
  /** Key → why nothing is done about it for now: another domain controller still selects it. */
  readonly disputed: ReadonlyMap<string, Fact>;
  /** Key → why the query may be wrong about the account: a right to read was lost, or the read was too early. */
  readonly misjudged: ReadonlyMap<string, Fact>;
  /** Address → an entry of the whole domain that has it, and of which nobody can tell who it is. */
  readonly unread: ReadonlyMap<string, ExcludedEntry>;
  /** The whole domain has entries whose key should be there and cannot be read. */
  readonly hasHiddenKeys: boolean;
  /** Why nobody confirms that an unexplained absence is one, null if nobody else had to be asked or somebody did. */
  readonly unconfirmed: readonly string[] | null;
  /** For the review. */
  readonly notes: readonly Fact[];
}

/** One source, asked about missing accounts. */
export interface AskedDomain extends DomainRead {
  readonly snapshot: SourceSnapshot;
  readonly warnings: readonly Fact[];
  /** Null: there is no second place to ask. */
  readonly second: SecondAnswer | null;
}

export interface AbsenceQuestion {
  readonly configuration: Configuration;
  readonly now: Date;
  /** Keys. */
  readonly missing: ReadonlySet<string>;
  readonly excluded: readonly ExcludedEntry[];
  /** None: nobody had to be asked. */
  readonly domains: readonly AskedDomain[];
}

/** Compares what the first and the second server of each source say. Pure. */
export function judgeAbsences({ configuration, now, missing, excluded, domains }: AbsenceQuestion): Absences {
  const seconds = domains.flatMap(({ configured, second }) =>
    second === null || second.server === null ? [] : [{ configured, ...second }],
  );
  const later = explainAbsences({ configuration, now, excluded: [], domains: seconds });
  const first = explainAbsences({ configuration, now, excluded, domains });
  const explanations = new Map<string, Explanation>();
  for (const [key, explanation] of [...later, ...first])
    if (missing.has(key)) explanations.set(key, withServers(explanation, domains));
  const hasUnexplained = [...missing].some((key) => !explanations.has(key));
  const unanswered = domains.flatMap(({ second }) => (second?.server === null ? [second.why] : []));
  return {
    explanations,
    unexplained: withServers(buildUnexplained(configuration, domains), domains),
    disputed: findDisputed({ configuration, now, explanations, domains }),
    misjudged: new Map(domains.flatMap((domain) => findMisjudged(domain, explanations))),
    unread: new Map(domains.flatMap((domain) => findUnreadEntries(domain, now))),
    hasHiddenKeys: domains.some(hasHiddenKeys),
    unconfirmed: unanswered.length === 0 ? null : unanswered,
    notes: buildNotes(domains, hasUnexplained),
  };
}

/** Of those whom only the query leaves out. */
function findMisjudged(
  { configured, people, selection }: AskedDomain,
  explanations: Absences['explanations'],
): [string, Fact][] {
  return people.flatMap((entry): [string, Fact][] => {
    const answer = selection?.get(normaliseDn(entry.dn));
    if (answer === undefined) return [];
    const key = mapKey(entry, configured.mapping, 'guid')?.key ?? '';
    const detail = explanations.get(key)?.reason === 'filtered' ? describeMisjudged(answer) : null;
    return detail === null ? [] : [[key, detail]];
  });
}

function describeMisjudged({ dn, failing }: SelectionAnswer): Fact | null {
  if (failing.length === 0) return fact('query-holds', { entry: dn });
  const naming = failing.flatMap(({ namedBy }) => namedBy);
  const isByGroupsAlone = failing.every(({ namedBy }) => namedBy.length > 0);
  if (!isByGroupsAlone) return null;
  return fact('membership-unread', { entry: dn, groups: naming });
}

/** Where nobody was found depends on what the sources are, and on who was asked: an export is no domain. */
function buildUnexplained(configuration: Pick<Configuration, 'sources'>, domains: readonly AskedDomain[]): Explanation {
  const sources = configuration.sources.filter(({ join }) => join === null);
  const live = sources.filter(({ ldap }) => ldap !== undefined);
  const none = { source: null, entry: null, attribute: null, value: null };
  if (live.length === 0) return { reason: 'unexplained', evidence: { ...none, lookup: 'no-file' } };
  if (domains.length === 0) return { reason: 'unexplained', evidence: { ...none, lookup: 'unasked' } };
  const lookup = live.length === sources.length ? 'nowhere' : 'neither';
  const asked = domains.filter(({ configured }) => configured.ldap !== undefined);
  // AD keeps deleted entries for half a year, so none at all means: hidden.
  const sawDeleted = asked.every(({ deleted }) => deleted.length > 0);
  return { reason: 'unexplained', evidence: { ...none, lookup, sawDeleted } };
}

/** Those of its own source; of nobody's, all. */
function withServers(explanation: Explanation, domains: readonly AskedDomain[]): Explanation {
  const { source } = explanation.evidence;
  const asked = domains.filter(({ configured }) => source === null || configured.name === source);
  const servers = asked.flatMap(serversOf);
  if (servers.length === 0) return explanation;
  return { ...explanation, evidence: { ...explanation.evidence, servers } };
}

function serversOf({ snapshot, second }: AskedDomain): string[] {
  if (snapshot.kind !== 'ldap') return [];
  return [snapshot.server, ...(second?.server ? [second.server] : [])];
}

interface Dispute extends Pick<AbsenceQuestion, 'configuration' | 'now' | 'domains'> {
  readonly explanations: ReadonlyMap<string, Explanation>;
}

/** Whom the second server would give an active account is no leaver, whatever the first one says. */
function findDisputed({ configuration, now, explanations, domains }: Dispute): Map<string, Fact> {
  const disputed = new Map<string, Fact>();
  for (const { configured, snapshot, second } of domains) {
    if (second === null || second.server === null) continue;
    const selection = { ...snapshot, selected: second.selected, warnings: [] };
    const sources = [takeWhole({ configured, snapshot: selection, lookedUp: [] }, { configuration, now })];
    const { accounts } = mapAccounts({ configuration, now, sources, managedKeys: new Set() });
    for (const mapped of accounts) {
      if (mapped.kind !== 'user' || !mapped.account.active) continue;
      const { key } = mapped.account;
      const reason = explanations.get(key)?.reason ?? 'unexplained';
      const servers = { server: snapshot.server, second: second.server };
      disputed.set(key, fact('servers-disagree', { ...servers, entry: mapped.dn, became: reason }));
    }
  }
  return disputed;
}

/** That deleted entries cannot be seen matters only if somebody was found nowhere. */
function buildNotes(domains: readonly AskedDomain[], hasUnexplained: boolean): Fact[] {
  return domains.flatMap(({ configured, warnings, second }) => {
    const told = hasUnexplained ? warnings : [];
    const more =
      second === null ? [] : second.server === null ? [fact('second-not-asked', { why: second.why })] : second.warnings;
    const each = new Map([...told, ...more].map((what) => [JSON.stringify(what), what]));
    return [...each.values()].map((what) => fact('of-source', { source: configured.name, what }));
  });
}
