/** Invented people: given names and surnames are common in the Netherlands, the combinations are chance. */

const GIVEN_NAMES =
  `Jan Piet Kees Henk Willem Dirk Bram Sander Jeroen Maarten Tim Lars Daan Sem Luuk Thijs Ruben Stijn Niels Joost
Anna Maria Johanna Els Marieke Sanne Lotte Femke Fleur Eva Julia Sophie Emma Iris Noor Roos Anouk Ilse Esther Linda
Aïcha Fatima Mohammed Youssef Hassan Samira Yasmin Omar Zeynep Mehmet Ayşe Çağla Noëlle Zoë Chloë René André José Björn Søren
Łukasz Agnieszka Katarzyna Ravi Priya Sunita Wei Mei Nguyen Thuy Kwame Abena Carlos Inês Lucía Jürgen Günther Siobhán Renée Thérèse`.split(
    /\s+/,
  );

const SURNAMES =
  `Jansen;Bakker;Visser;Smit;Meijer;Mulder;Bos;Vos;Peters;Hendriks;Dekker;Brouwer;Dijkstra;Kok;Jacobs;Vermeulen;Schouten;
Willems;Hoekstra;Koster;Prins;Blom;Huisman;Peeters;Kuipers;Veenstra;Kramer;Postma;Martens;Scholten;Timmermans;Groen;Gerritsen;
de Vries;van den Berg;van Dijk;de Jong;van der Meer;de Groot;van Leeuwen;van der Linden;de Bruijn;van 't Hof;in 't Veld;ter Haar;
van der Velden;op den Kamp;de la Fuente;Özdemir;Yılmaz;Çelik;El Amrani;Ben Saïd;Nowak;Wójcik;Kowalczyk;Singh;Ramdin;Nguyen;Müller;
Großmann;Sørensen;O'Brien;Jansen-de Wit;van Beek-Özcan;'s-Gravesande`.split(/;\s*/);

export interface PersonName {
  readonly given: string;
  /** With its prefix: `van den Berg`. */
  readonly surname: string;
}

/** All combinations, so that even large labs repeat few names. */
export function pickName(pick: <T>(choices: readonly T[]) => T): PersonName {
  return { given: pick(GIVEN_NAMES), surname: pick(SURNAMES) };
}

/** Lower-case ASCII letters of the name: what mail administrators make of it, `a.vandenberg`. */
export function formatLocalPart(name: PersonName): string {
  return `${foldToAscii(name.given).charAt(0)}.${foldToAscii(name.surname)}`;
}

/** `Çağla van 't Hof` becomes `caglavanthof`. */
export function foldToAscii(text: string): string {
  const replaced = text.replace(/ß/g, 'ss').replace(/[łŁ]/g, 'l').replace(/[øØ]/g, 'o').replace(/ı/g, 'i');
  return replaced
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '');
}
