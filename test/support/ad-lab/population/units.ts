/** The organisation of the invented hospital. */
export interface Department {
  /** From the top, e.g. `['Staff', 'Care', 'Nursing']`. */
  readonly path: readonly string[];
  /** Local part of its group address. */
  readonly mailbox: string;
  /** Share of the staff, relative. */
  readonly weight: number;
}

export const DEPARTMENTS: readonly Department[] = [
  { path: ['Staff', 'Care', 'Nursing'], mailbox: 'nursing', weight: 30 },
  { path: ['Staff', 'Care', 'Cardiology'], mailbox: 'cardiology', weight: 10 },
  { path: ['Staff', 'Care', 'Oncology'], mailbox: 'oncology', weight: 10 },
  { path: ['Staff', 'Care', 'Emergency'], mailbox: 'emergency', weight: 15 },
  { path: ['Staff', 'Care', 'Pharmacy, Lab & Imaging'], mailbox: 'pharmacy', weight: 8 },
  { path: ['Staff', 'Support', 'ICT'], mailbox: 'ict', weight: 6 },
  { path: ['Staff', 'Support', 'Finance'], mailbox: 'finance', weight: 6 },
  { path: ['Staff', 'Support', 'R&D + Innovation'], mailbox: 'innovation', weight: 5 },
  { path: ['Staff', 'Board'], mailbox: 'board', weight: 1 },
];

export const SHARED_MAILBOXES = ['Staff', 'Shared Mailboxes'];
/** People that trouble an importer stand apart, so that tests can choose a clean subtree. */
export const ODD_CASES = ['Staff', 'Odd Cases'];
export const SUPPLIERS = ['External', 'Suppliers'];
export const LEAVERS = ['Leavers'];
export const GROUPS = ['Groups'];
export const CONTACTS = ['Contacts'];
export const WORKSTATIONS = ['Workstations'];
export const SERVICE_ACCOUNTS = ['Service Accounts'];

/** Every unit, parents before children. */
export function listUnitPaths(): readonly (readonly string[])[] {
  const leaves = [
    ...DEPARTMENTS.map((department) => department.path),
    SHARED_MAILBOXES,
    ODD_CASES,
    SUPPLIERS,
    LEAVERS,
    GROUPS,
    CONTACTS,
    WORKSTATIONS,
    SERVICE_ACCOUNTS,
  ];
  const paths = new Map<string, readonly string[]>();
  for (const leaf of leaves) {
    for (let depth = 1; depth <= leaf.length; depth += 1) {
      const path = leaf.slice(0, depth);
      paths.set(JSON.stringify(path), path);
    }
  }
  return [...paths.values()];
}
