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
    buildPerson('a.visser', 'Anouk Visser', {
      place: CARE,
      mobile: '06-12345601',
      groups: ['Care planning', 'Night nurses'],
    }),
    buildPerson('b.dewit', 'Bram de Wit', { place: CARE, mobile: '06 1234 5602', groups: ['Night nurses'] }),
    buildPerson('c.kuipers', 'Chantal Kuipers', { place: CARE, mobile: '+31 6 12345603' }),
    buildPerson('d.bakker', 'Daan Bakker', { place: CARE, groups: ['Night nurses'] }),
    buildPerson('e.jansen', 'Emma Jansen', { place: CARE, mobile: '0612345605', groups: ['Care planning'] }),
    buildPerson('f.elamrani', 'Fatima El Amrani', { place: CARE, groups: ['Care planning'] }),
    buildPerson('g.smit', 'Gijs Smit', { place: CARE }),
    buildPerson('h.yildiz', 'Hülya Yıldız', { place: CARE, aliases: [`hulya@${DOMAIN}`] }),
    buildPerson('k.benali', 'Karim Benali', { place: CARE, mobile: '0612345611', groups: ['Night nurses'] }),
    buildPerson('l.hendriks', 'Lotte Hendriks', { place: CARE }),
  ];
}

function buildClinic(): Person[] {
  return [
    buildPerson('m.dekker', 'Mirjam Dekker', { place: CLINIC, groups: ['Surgery desk'] }),
    buildPerson('n.peters', 'Noah Peters', { place: CLINIC }),
    buildPerson('o.nowak', 'Olga Nowak', {
      place: CLINIC,
      mobile: '0612345615',
      groups: ['Surgery desk', 'Complaints'],
    }),
    buildPerson('p.vos', 'Pieter Vos', { place: CLINIC, mobile: '0612345616', delegates: ['m.dekker'] }),
    buildPerson('q.maas', 'Quinten Maas', { place: CLINIC, groups: ['Surgery desk'] }),
    buildPerson('r.martens', 'Rosa Martens', { place: CLINIC, aliases: [`planning@${DOMAIN}`] }),
    buildPerson('s.willems', 'Sem Willems', { place: CLINIC }),
    buildPerson('t.verhoeven', 'Tess Verhoeven', { place: CLINIC, mobile: '020-5551234' }),
    buildPerson('u.kaya', 'Umit Kaya', { place: CLINIC, aliases: ['u.kaya@old-clinic.example', `umit@${DOMAIN}`] }),
  ];
}

function buildOffice(): Person[] {
  return [
    buildPerson('w.bos', 'Wouter Bos', { place: OFFICE, mobile: '0612345623', groups: ['Service desk'] }),
    buildPerson('x.koster', 'Xandra Koster', { place: OFFICE, groups: ['Reception', 'Complaints'] }),
    buildPerson('y.arslan', 'Yusuf Arslan', { place: OFFICE, isDisabled: true, groups: ['Reception'] }),
    buildPerson('z.meijer', 'Zoë Meijer', { place: OFFICE, groups: ['Reception'] }),
    buildPerson('i.holt', 'Ingrid Holt', { place: OFFICE, groups: ['Service desk'] }),
    buildPerson('v.jacobs', 'Vera Jacobs', {
      place: OFFICE,
      groups: ['Reception', 'Complaints'],
      delegates: ['z.meijer'],
    }),
  ];
}

/** Each of them is told in the review, not guessed about. */
function buildOddOnes(): Person[] {
  return [
    buildPerson('j.smit', 'Jan Smit', { place: OFFICE }),
    buildPerson('j.smit2', 'Jan Smit (old)', { place: OFFICE, address: `j.smit@${DOMAIN}` }),
    buildPerson('e.vandijk', 'Els van Dijk', { place: OFFICE, isDisabled: true }),
    buildPerson('t.prakash', 'Tara Prakash', { place: CLINIC, expires: fileTimeOf('2025-07-01T00:00:00Z') }),
    buildPerson('m.zuid', 'Mark Zuid', { place: CLINIC, address: 'm.zuid@old-clinic.example' }),
    buildPerson('svc_backup', 'Backup service', { place: OFFICE, address: null }),
    buildPerson('svc_scan', 'Scan to mail', { place: OFFICE, groups: ['Zivver-no-account'] }),
  ];
}

function buildOutsiders(): Person[] {
  return [
    buildPerson('b.okafor', 'Blessing Okafor', { place: TRAINEES }),
    buildPerson('c.lund', 'Casper Lund', { place: TRAINEES }),
    buildPerson('d.ferreira', 'Duarte Ferreira', { place: LEAVERS, isDisabled: true }),
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
