import type { PlanBody } from '../schema/generated/plan.ts';
import { countOf } from '../text/grammar.ts';
import { phrase, strong, type Phrase } from '../text/phrase.ts';
import type { ReviewedClass } from './review.ts';
import type { RiskClass } from './risk.ts';
import { dateAfterPhrase } from '../text/words-time.ts';

/** Words of ours for a class of changes, safe in a heading. */
export const CLASS_TITLES: Readonly<Record<RiskClass, string>> = {
  irreversible: 'Irreversible: deleted for ever',
  unexplained: 'Unexplained absence: nobody can say why',
  suspend: 'Suspended: cannot log in any more',
  follows: 'Follows from the above: lists without these people',
  mail: 'Access to other people’s mail',
  identity: 'Identity: addresses, marks, single sign-on keys',
  reactivate: 'Reactivated: can log in again',
  attributes: 'Details',
  create: 'New accounts',
};

/** The worst a class does, one sentence, for the top of the review. */
export function worstPhrase({ risk, count }: ReviewedClass): Phrase {
  switch (risk) {
    case 'irreversible':
      return phrase`${countOf(count, 'account is', 'accounts are')} deleted for ever, with all messages.`;
    case 'unexplained':
      return phrase`${countOf(count, 'account loses', 'accounts lose')} access and nobody can say why.`;
    case 'suspend':
      return phrase`${countOf(count, 'person', 'people')} cannot log in any more.`;
    case 'follows':
      return phrase`${countOf(count, 'list loses', 'lists lose')} people who lose access.`;
    case 'mail':
      return phrase`${countOf(count, 'change decides', 'changes decide')} who can read whose mail.`;
    case 'identity':
      return phrase`${countOf(count, 'account gets', 'accounts get')} another address, mark or single sign-on key.`;
    case 'reactivate':
      return phrase`${countOf(count, 'suspended person', 'suspended people')} can log in again.`;
    case 'attributes':
      return phrase`${countOf(count, 'account gets', 'accounts get')} other details. Nobody loses access.`;
    case 'create':
      return phrase`${countOf(count, 'new account', 'new accounts')}. Nobody loses access.`;
  }
}

/** What the changes of a class mean after the apply, said once at its head. */
export function consequencePhrases({ risk, changes }: ReviewedClass, body: PlanBody): readonly Phrase[] {
  switch (risk) {
    case 'irreversible':
      return [phrase`${strong`All messages of these accounts are lost.`} Nothing brings them back.`];
    case 'unexplained':
      return [
        phrase`${strong`Ask before you approve.`} ${absencePhrase(body)}`,
        ...(changes.some(({ change }) => change.kind === 'user') ? suspensionPhrases(body) : []),
      ];
    case 'suspend':
      return suspensionPhrases(body);
    case 'follows':
      return [
        phrase`Whoever loses access can no longer read this mail either. Nobody else gains or loses anything here.`,
      ];
    case 'mail':
      return [
        phrase`Whoever gains access can read the mail of that account after the apply; whoever loses access no longer can. Mail to an address that moves arrives at the other account.`,
      ];
    case 'identity':
      return [phrase`The account and its messages stay the same. After a rename it is reached at the new address.`];
    case 'reactivate':
      return [phrase`These people can log in again after the apply and find their messages as they were.`];
    case 'attributes':
      return [phrase`Zivver sends the codes for logging in to the mobile number.`];
    case 'create':
      return changes.some(({ change }) => change.kind === 'user') ? creationPhrases(body) : [];
  }
}

function absencePhrase({ source }: PlanBody): Phrase {
  const isFilesOnly = source.length > 0 && !source.some(({ kind }) => kind === 'ldap' || kind === 'ldif');
  return isFilesOnly
    ? phrase`The row or file is simply not there, and nothing says that the person left: a cut export, another filter or a deleted row looks the same.`
    : phrase`A person who left is normally disabled or deleted in Active Directory. Here the entry is simply not there: a lost permission, a moved department or a broken server looks the same.`;
}

function suspensionPhrases({ createdAt }: PlanBody): readonly Phrase[] {
  return [
    phrase`${strong`They cannot log in after the apply.`} If automatic deletion is on in Zivver, account and mail are deleted on or after ${strong`${dateAfterPhrase(createdAt, 90)}`} (functional accounts and full administrators are exempt). Until then it can be undone.`,
  ];
}

function creationPhrases({ sso }: PlanBody): readonly Phrase[] {
  if (sso) return [phrase`New users log in with single sign-on.`];
  return [
    phrase`${strong`Single sign-on is off:`} Zivver makes a temporary password for each new user, which nobody may know. Agree how they get in the first time.`,
  ];
}
