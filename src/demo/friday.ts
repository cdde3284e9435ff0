import {
  buildPerson,
  CARE,
  CLINIC,
  DOMAIN,
  LEAVERS,
  OFFICE,
  TRAINEES,
  type Group,
  type Hospital,
  type OtherEntry,
  type Person,
} from './hospital.ts';

/** The hospital on the day the tool comes. */
export function buildFriday(): Hospital {
  return { people: buildPeople(), groups: buildGroups(), others: buildOthers() };
}

function buildPeople(): Person[] {
  return [...buildCare(), ...buildClinic(), ...buildOffice(), ...buildOddOnes(), ...buildOutsiders()];
}

function buildCare(): Person[] {
  return [
    buildPerson('a.visser', 'Anouk Visser', CARE, { mobile: '06-12345601', groups: ['Care planning', 'Night nurses'] }),
    buildPerson('b.dewit', 'Bram de Wit', CARE, { mobile: '06 1234 5602', groups: ['Night nurses'] }),
    buildPerson('c.kuipers', 'Chantal Kuipers', CARE, { mobile: '+31 6 12345603' }),
    buildPerson('d.bakker', 'Daan Bakker', CARE, { groups: ['Night nurses'] }),
    buildPerson('e.jansen', 'Emma Jansen', CARE, { mobile: '0612345605', groups: ['Care planning'] }),
    buildPerson('f.elamrani', 'Fatima El Amrani', CARE, { groups: ['Care planning'] }),
    buildPerson('g.smit', 'Gijs Smit', CARE),
    buildPerson('h.yildiz', 'Hülya Yıldız', CARE, { aliases: [`hulya@${DOMAIN}`] }),
    buildPerson('k.benali', 'Karim Benali', CARE, { mobile: '0612345611', groups: ['Night nurses'] }),
    buildPerson('l.hendriks', 'Lotte Hendriks', CARE),
  ];
}

function buildClinic(): Person[] {
  return [
    buildPerson('m.dekker', 'Mirjam Dekker', CLINIC, { groups: ['Surgery desk'] }),
    buildPerson('n.peters', 'Noah Peters', CLINIC),
    buildPerson('o.nowak', 'Olga Nowak', CLINIC, { mobile: '0612345615', groups: ['Surgery desk', 'Complaints'] }),
    buildPerson('p.vos', 'Pieter Vos', CLINIC, { mobile: '0612345616', delegates: ['m.dekker'] }),
    buildPerson('q.maas', 'Quinten Maas', CLINIC, { groups: ['Surgery desk'] }),
    buildPerson('r.martens', 'Rosa Martens', CLINIC, { aliases: [`planning@${DOMAIN}`] }),
    buildPerson('s.willems', 'Sem Willems', CLINIC),
    buildPerson('t.verhoeven', 'Tess Verhoeven', CLINIC, { mobile: '020-5551234' }),
    buildPerson('u.kaya', 'Umit Kaya', CLINIC, { aliases: ['u.kaya@old-clinic.example', `umit@${DOMAIN}`] }),
  ];
}

function buildOffice(): Person[] {
  return [
    buildPerson('w.bos', 'Wouter Bos', OFFICE, { mobile: '0612345623', groups: ['Service desk'] }),
    buildPerson('x.koster', 'Xandra Koster', OFFICE, { groups: ['Reception', 'Complaints'] }),
    buildPerson('y.arslan', 'Yusuf Arslan', OFFICE, { isDisabled: true, groups: ['Reception'] }),
    buildPerson('z.meijer', 'Zoë Meijer', OFFICE, { groups: ['Reception'] }),
    buildPerson('i.holt', 'Ingrid Holt', OFFICE, { groups: ['Service desk'] }),
    buildPerson('v.jacobs', 'Vera Jacobs', OFFICE, { groups: ['Reception', 'Complaints'], delegates: ['z.meijer'] }),
  ];
}

/** Each of them is told in the review, not guessed about. */
function buildOddOnes(): Person[] {
  return [
    buildPerson('j.smit', 'Jan Smit', OFFICE),
    buildPerson('j.smit2', 'Jan Smit (old)', OFFICE, { address: `j.smit@${DOMAIN}` }),
    buildPerson('e.vandijk', 'Els van Dijk', OFFICE, { isDisabled: true }),
    buildPerson('t.prakash', 'Tara Prakash', CLINIC, { expires: fileTimeOf('2025-07-01T00:00:00Z') }),
    buildPerson('m.zuid', 'Mark Zuid', CLINIC, { address: 'm.zuid@old-clinic.example' }),
    buildPerson('svc_backup', 'Backup service', OFFICE, { address: null }),
    buildPerson('svc_scan', 'Scan to mail', OFFICE, { groups: ['Zivver-no-account'] }),
  ];
}

function buildOutsiders(): Person[] {
  return [
    buildPerson('b.okafor', 'Blessing Okafor', TRAINEES),
    buildPerson('c.lund', 'Casper Lund', TRAINEES),
    buildPerson('d.ferreira', 'Duarte Ferreira', LEAVERS, { isDisabled: true }),
  ];
}

function buildGroups(): Group[] {
  return [
    { name: 'Reception', address: `info@${DOMAIN}`, groups: [] },
    { name: 'Care planning', address: `care.planning@${DOMAIN}`, groups: [] },
    { name: 'Night shift', address: `night.shift@${DOMAIN}`, groups: [] },
    { name: 'Night nurses', address: null, groups: ['Night shift'] },
    { name: 'Surgery desk', address: `surgery.desk@${DOMAIN}`, groups: [] },
    { name: 'Complaints', address: `complaints@${DOMAIN}`, groups: [] },
    { name: 'Service desk', address: 'servicedesk@old-clinic.example', groups: [] },
    { name: 'Zivver-no-account', address: null, groups: [] },
    { name: 'Everybody', address: `everybody@${DOMAIN}`, groups: [] },
  ];
}

function buildOthers(): OtherEntry[] {
  return [
    { name: 'CARE-PC-12', place: CARE, objectClass: 'computer', address: null },
    { name: 'Taxi Centrale', place: OFFICE, objectClass: 'contact', address: 'ritten@taxi.example' },
  ];
}

/** 100 ns since 1601, as AD writes accountExpires. */
export function fileTimeOf(timestamp: string): string {
  return String((BigInt(Date.parse(timestamp)) + 11_644_473_600_000n) * 10_000n);
}
