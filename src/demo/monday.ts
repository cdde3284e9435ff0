import { buildFriday, fileTimeOf } from './friday.ts';
import { buildPerson, CARE, CLINIC, DOMAIN, LEAVERS, OFFICE, type Hospital, type Person } from './hospital.ts';

/** The same hospital after a weekend: people came, left, married, moved and changed their telephones. */
export function buildMonday(): Hospital {
  const friday = buildFriday();
  const stayed = friday.people.filter(({ login }) => login !== 'n.peters');
  const changed = stayed.map((person) => ({ ...person, ...CHANGES[person.login]?.(person) }));
  return { ...friday, people: [...changed, ...buildNewPeople()] };
}

/** One more day, one more change: for the plan that nobody approves. */
export function buildTuesday(): Hospital {
  const monday = buildMonday();
  const people = monday.people.map((person) =>
    person.login === 'd.bakker' ? { ...person, isDisabled: true } : person,
  );
  return { ...monday, people };
}

const CHANGES: Readonly<Record<string, (person: Person) => Partial<Person>>> = {
  'e.jansen': () => ({
    name: 'Emma de Graaf',
    displayName: 'Emma de Graaf',
    address: `e.degraaf@${DOMAIN}`,
    aliases: [`e.jansen@${DOMAIN}`],
  }),
  'k.benali': () => ({ isDisabled: true }),
  'l.hendriks': () => ({ place: LEAVERS }),
  'i.holt': () => ({ expires: fileTimeOf('2026-01-01T00:00:00Z') }),
  'g.smit': () => ({ place: CLINIC }),
  'o.nowak': () => ({ mobile: '0612345699' }),
  'p.vos': ({ delegates }) => ({ delegates: [...delegates, 'q.maas'] }),
  'r.martens': () => ({ aliases: [] }),
  's.willems': () => ({ aliases: [`planning@${DOMAIN}`] }),
  'x.koster': () => ({ groups: ['Reception'] }),
  'y.arslan': () => ({ isDisabled: false }),
  'b.okafor': () => ({ place: CARE, groups: ['Night nurses'] }),
};

function buildNewPeople(): Person[] {
  return [
    buildPerson('f.postma', 'Femke Postma', { place: CARE, mobile: '06 12345631', groups: ['Care planning'] }),
    buildPerson('s.claes', 'Sofie Claes', { place: OFFICE, groups: ['Reception', 'Complaints'] }),
    buildPerson('r.prins', 'Robin Prins', { place: CLINIC, displayName: HOSTILE_NAME }),
  ];
}

/** A display name that tries to be a table, an approval, a mention, a comment and, read backwards, something else. */
const HOSTILE_NAME = 'Robin Prins \u202e| ✅ **approved** by @security, see #1 <!-- ';
