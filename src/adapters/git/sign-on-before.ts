import type { Ledger, LedgerEntry } from './ledger.ts';
import type { GitRepository } from './repository.ts';
import { parseConfiguration, type Configuration } from '../../model/configuration/configuration.ts';
import type { AttributePair } from '../../model/change/change.ts';
import { ReconcileError } from '../../model/errors.ts';
import { type SignOnBefore, type SignOnMaking, signOnMakingOf } from '../../model/ledger/sign-on-making.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import type { PlanBody } from '../../model/schema/generated/plan.ts';

export interface SignOnQuestion {
  readonly ledger: Pick<Ledger, 'entries'>;
  /** As it is now. */
  readonly configuration: Pick<Configuration, 'organisation' | 'sso' | 'sources'>;
}

/**
 * What applies did to single sign-on keys: how keys are made, organisation.yaml of the commit that was applied says. Null if no
 * key can be otherwise than it says now.
 */
export async function readSignOnBefore(
  git: GitRepository,
  { ledger, configuration }: SignOnQuestion,
): Promise<SignOnBefore | null> {
  const { organisation, sso } = configuration;
  const read = buildMakingReader(git, organisation);
  const makings = new Map<string, Making>();
  for (const entry of ledger.entries) makings.set(entry.name, await read(entry));
  const now: Making = sso.enabled ? signOnMakingOf(configuration) : 'off';
  if ([...makings.values()].every((making) => making === now || isSame(making, now))) return null;
  const reading: Reading = { set: new Map(), without: new Set(), unreadable: new Set(), adopted: new Map(), makings };
  for (const entry of ledger.entries) {
    const body = await readBody(git, entry, organisation);
    if (body !== null) noteApplied(reading, { entry, body, making: makings.get(entry.name) ?? 'off' });
  }
  return { ...reading, adopted: pickMakings(reading.adopted), makings: pickMakings(makings) };
}

function pickMakings(makings: ReadonlyMap<string, Making>): Map<string, SignOnMaking> {
  return new Map(
    [...makings].flatMap(([name, making]) => (typeof making === 'string' ? [] : [[name, making] as const])),
  );
}

/** `off`: without single sign-on. `unreadable`: not for this version. */
type Making = SignOnMaking | 'off' | 'unreadable';

/** A source that only one of the two has made no key that the other makes otherwise. */
function isSame(one: Making, other: Making): boolean {
  if (typeof one === 'string' || typeof other === 'string') return false;
  const attributes = Object.entries(one.attributes);
  return (
    one.keyFormat === other.keyFormat &&
    attributes.every(([name, attribute]) => (other.attributes[name] ?? attribute) === attribute)
  );
}

interface Reading {
  readonly set: Map<string, SignOnMaking>;
  readonly without: Set<string>;
  readonly unreadable: Set<string>;
  readonly adopted: Map<string, Making>;
  /** By name of the plan. */
  readonly makings: ReadonlyMap<string, Making>;
}

interface Applied {
  readonly entry: LedgerEntry;
  readonly body: PlanBody;
  readonly making: Making;
}

function noteApplied(reading: Reading, { entry: { records }, body, making }: Applied): void {
  const changes = new Map(body.changes.map((change) => [change.id, change]));
  for (const record of records) {
    if (record.type !== 'finished' || record.zivverId === null || !SENT.has(record.status)) continue;
    const change = changes.get(record.change);
    if (change !== undefined) noteSent(reading, record.zivverId, { change, making });
  }
  for (const { zivverId } of body.adopted) reading.adopted.set(zivverId, making);
  // Who was adopted without single sign-on has the key that another program made when it was switched on.
  if (making !== 'off')
    for (const [zivverId, then] of reading.adopted) if (then === 'off') reading.adopted.set(zivverId, making);
}

function noteSent(
  { set, without, unreadable, makings }: Reading,
  zivverId: string,
  { change, making }: { readonly change: PlanBody['changes'][number]; readonly making: Making },
): void {
  const { after }: AttributePair = change;
  const isWithout = after.signOnKey === null || (change.action === 'create' && !change.sealed);
  if (!isWithout && !change.sealed) return;
  set.delete(zivverId);
  unreadable.delete(zivverId);
  without.delete(zivverId);
  if (isWithout) {
    without.add(zivverId);
    return;
  }
  // A rollback sends the key that the plan it undoes had sent.
  const sent = change.reason === 'rollback' ? (makings.get(change.evidence.value ?? '') ?? making) : making;
  if (sent === 'unreadable') unreadable.add(zivverId);
  else if (sent !== 'off') set.set(zivverId, sent);
}

const SENT: ReadonlySet<string> = new Set(['applied', 'adopted']);

/** Each text once: organisation.yaml changes seldom. */
function buildMakingReader(git: GitRepository, organisation: string): (entry: LedgerEntry) => Promise<Making> {
  const known = new Map<string, Making>();
  return async ({ begin }) => {
    const text =
      (await git.readFileAt(begin.approval.commit, `desired/${organisation}/organisation.yaml`))?.toString('utf8') ??
      '';
    const making = known.get(text) ?? parseMaking(text, organisation);
    known.set(text, making);
    return making;
  };
}

function parseMaking(text: string, organisation: string): Making {
  try {
    const configuration = parseConfiguration(text, organisation, '');
    return configuration.sso.enabled ? signOnMakingOf(configuration) : 'off';
  } catch (error) {
    if (error instanceof ReconcileError) return 'unreadable';
    throw error;
  }
}

async function readBody(
  git: GitRepository,
  { name, begin }: LedgerEntry,
  organisation: string,
): Promise<PlanBody | null> {
  const file = `${planFolder(organisation, name)}/plan.json`;
  const text = (await git.readFileAt(begin.approval.commit, file))?.toString('utf8');
  return text === undefined ? null : parsePlanFile(text, file).body;
}
