import { factPhrase } from '../facts/fact.ts';
import type { SourceSummary, UnmanagedAccount } from '../schema/generated/plan.ts';
import { sealedForms } from '../change/sealed-forms.ts';
import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, type Phrase } from '../text/phrase.ts';
import type { Review } from './review.ts';
import { momentPhrase } from '../text/words-time.ts';

/** Where a plan comes from and what it is bound to, for auditors. */
export function provenancePhrases({ plan, irreversible }: Review): readonly Phrase[] {
  const { digest, body } = plan;
  const { existing, desired } = body;
  return [
    phrase`Plan: ${digest}`,
    phrase`Number ${String(body.sequence)} of lineage ${body.lineage}, after ${body.parent}`,
    phrase`Made: ${momentPhrase(body.createdAt)} by ${body.tool}`,
    phrase`Target: ${body.target}`,
    phrase`Configuration: ${body.configuration}`,
    phrase`Desired files: ${countAccounts(desired)}; ${desired.written} written, ${desired.removed} removed; ${desired.digest}`,
    ...body.source.map(sourcePhrase),
    phrase`Zivver before the plan: ${countOf(existing.users, 'user', 'users')} (${existing.activeUsers} active), ${countOf(existing.functional, 'functional account', 'functional accounts')}; managed: ${existing.managed}, of them active users: ${existing.activeManaged}`,
    phrase`${countOf(body.changes.length, 'change', 'changes')}, irreversible: ${irreversible}; single sign-on keys sealed: ${body.changes.filter(({ sealed }) => sealed).length}${sealedMobilesPhrase(sealedForms(body.changes).size)}`,
  ];
}

function countAccounts({ users, functional }: { users: number; functional: number }): Phrase {
  return phrase`${countOf(users, 'user', 'users')}, ${countOf(functional, 'functional account', 'functional accounts')}`;
}

/** `a@b.example · functional account · suspended`. */
export function unmanagedPhrase({ address, kind, active }: UnmanagedAccount): Phrase {
  const parts = [
    phrase`${address}`,
    ...(kind === 'functional' ? [phrase`functional account`] : []),
    ...(active ? [] : [phrase`suspended`]),
  ];
  return joinPhrases(parts, ' · ');
}

function sourcePhrase(source: SourceSummary): Phrase {
  const { name, kind, server, baseDn, entries, groups, pages, previousEntries, absent } = source;
  const isDirectory = kind === 'ldap' || kind === 'ldif';
  const grouped = isDirectory ? phrase` and ${countOf(groups, 'group', 'groups')}` : [];
  const read = phrase`${countOf(entries, 'entry', 'entries')}${grouped}`;
  const base = isDirectory ? phrase` under ${baseDn}` : [];
  const unit = kind === 'ldap' ? countOf(pages, 'page', 'pages') : countOf(pages, 'file', 'files');
  const previous =
    previousEntries === null
      ? phrase`no earlier plan`
      : phrase`last accepted plan: ${countOf(previousEntries, 'entry', 'entries')}`;
  if (absent !== undefined) return phrase`Source ${name}: not read from ${server}, ${factPhrase(absent)}; ${previous}`;
  return phrase`Source ${name}: ${read} read completely in ${unit} from ${server}${base}; ${previous}`;
}

function sealedMobilesPhrase(count: number): Phrase {
  return count === 0 ? [] : phrase`; mobile numbers sealed: ${count}`;
}
