import { isDirectory } from '../../model/configuration/source-kind.ts';
import type { ConfiguredSource } from '../../model/configuration/configuration.ts';
import { attributesToDescribe, type PeopleQuestion } from '../../model/plan/describe-people.ts';
import { LiveIndex, type ExistingIndex } from '../../model/account/existing-index.ts';
import { attributesToRead } from '../../model/mapping/mapped-attributes.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';
import { isDnUnder, normaliseDn } from '../../model/directory/distinguished-name.ts';
import { refuseUnreadDomains } from '../../model/directory/unread-domains.ts';
import type { Entry } from '../../model/directory/entry.ts';
import type { MappedAccount } from '../../model/mapping/mapped.ts';
import { mapKey } from '../../model/mapping/map-key.ts';
import type { AskedDomain } from '../../model/settle/absences.ts';
import { evidenceAttributes } from '../../model/settle/evidence.ts';
import type { MobileSeal } from '../../adapters/secrets/mobile-seal.ts';
import { connectReader } from '../../adapters/zivver/connect-reader.ts';
import type { CommandContext } from '../context.ts';
import { openSource } from './open-sources.ts';
import { targetOptions } from './open-target.ts';
import type { Output } from '../output.ts';
import { readMembers, type OpenedSource } from './read-members.ts';
import { readSource } from './read-sources.ts';

/** Sources and target as they are now; both are only read. */
export interface World {
  readonly sources: readonly ReadSource[];
  readonly index: ExistingIndex;
  /** Asks about everybody in the domains of the sources, and second domain controllers about these keys. */
  askDomains(missing: ReadonlySet<string>): Promise<AskedDomain[]>;
  /** The sources again, with `member` of the groups whose accounts would lose members; null if no group had to be asked. */
  askGroups(accounts: readonly MappedAccount[]): Promise<readonly ReadSource[] | null>;
  /** Entries of people by DN, with what a reviewer is told of them; of a table the rows as they were read. */
  lookUpPeople(questions: readonly PeopleQuestion[]): Promise<FoundPeople[]>;
}

export interface FoundPeople {
  readonly source: ConfiguredSource;
  readonly entries: readonly Entry[];
}

/** Sources that are being read already, and a target that waits until `read`. */
export interface OpenWorld {
  /** Reads the target beside the sources. Any fault ends both, and nothing was written anywhere. `seal` hides mobile numbers. */
  read(seal: MobileSeal | null): Promise<World>;
  close(): Promise<void>;
}

/** Begins to read the sources; the target gets its key only after `read`, when git has said that it is the right one. */
export async function openWorld(context: CommandContext, now: Date, output: Output): Promise<OpenWorld> {
  const { configuration } = context;
  const target = connectReader(targetOptions(context));
  const opened = await Promise.all(
    configuration.sources.map(async (configured) => ({
      configured,
      source: await openSource(configured, configuration),
    })),
  );
  const close = async (): Promise<void> => {
    await Promise.allSettled([target.close(), ...opened.map(({ source }) => source.close())]);
  };
  output.progress(`Reading ${configuration.sources.map(({ name }) => name).join(', ')} and Zivver …`);
  const reading = Promise.all(
    opened.map(({ configured, source }) => readSource(configured, source, { configuration, now })),
  );
  // `read` reports what went wrong; whoever refuses before it has the better reason.
  reading.catch(() => undefined);
  const read = async (seal: MobileSeal | null): Promise<World> => {
    // The sources take longer: the index is made while they are read.
    const indexing = target.reader.readAccounts().then((accounts) => ({
      accounts,
      index: new LiveIndex(seal ? seal.sealAccounts(accounts) : accounts),
    }));
    const [{ accounts, index }, sources] = await Promise.all([indexing, reading]);
    refuseUnreadDomains(sources.map(({ snapshot }) => snapshot));
    output.progress(
      `Read ${sources.map(({ snapshot }) => `${snapshot.selected.length} entries of ${snapshot.name}`).join(', ')}, ` +
        `${accounts.users.length} users and ${accounts.functional.length} functional accounts of Zivver`,
    );
    const asked = opened.map(({ source }, index) => ({ source, read: sources[index] as ReadSource }));
    return {
      sources,
      index,
      askDomains: (missing) => askDomains(asked, missing),
      askGroups: (accounts) => readMembers(asked, accounts, index),
      lookUpPeople: (questions) => lookUpPeople(asked, questions),
    };
  };
  return { read, close };
}

export async function lookUpPeople(
  opened: readonly OpenedSource[],
  questions: readonly PeopleQuestion[],
): Promise<FoundPeople[]> {
  const found = questions.flatMap(({ source: name, dns }) => {
    const one = opened.find(({ read }) => read.configured.name === name);
    return one === undefined ? [] : [{ ...one, dns }];
  });
  return Promise.all(
    found.map(async ({ source, read: { configured, snapshot }, dns }) => ({
      source: configured,
      entries: isDirectory(configured)
        ? await source.lookUpDns(dns, attributesToDescribe(configured))
        : snapshot.selected.filter(({ dn }) => dns.includes(dn)),
    })),
  );
}

export async function askDomains(
  opened: readonly OpenedSource[],
  missing: ReadonlySet<string>,
): Promise<AskedDomain[]> {
  const people = opened.filter(({ read }) => read.configured.join === null);
  return Promise.all(
    people.map(async ({ source, read: { configured, snapshot } }) => {
      const { accountKey } = configured.mapping;
      const attributes = evidenceAttributes(configured);
      const { people, deleted, warnings = [] } = await source.readDomain(attributes);
      const isMissing = (entry: Entry): boolean => missing.has(mapKey(entry, configured.mapping, 'guid')?.key ?? '');
      const unselected = people.filter((entry) => isMissing(entry) && isDnUnder(entry.dn, snapshot.baseDn));
      const answers = unselected.length === 0 ? [] : await source.explainSelection?.(unselected.map(({ dn }) => dn));
      const selection = new Map(answers?.map((answer) => [normaliseDn(answer.dn), answer]));
      const second = await source.askSecond?.({
        isMissing,
        keyAttribute: accountKey,
        attributes,
        selectionAttributes: attributesToRead(configured),
      });
      return { configured, snapshot, people, deleted, selection, warnings, second: second ?? null };
    }),
  );
}
