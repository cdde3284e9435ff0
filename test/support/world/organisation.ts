import { parseConfiguration, type Configuration } from '../../../src/model/configuration/configuration.ts';
import type { Dice } from './dice.ts';

export const CLAIMED_DOMAINS = ['company.org', 'company.nl'];
const RULES = [
  'suspend',
  'unexplained',
  'delete',
  'create',
  'sameAttribute',
  'membersRemoved',
  'ambiguous',
  'openAccess',
  'ssoKeys',
];
const WIDE_LIMITS = `{ ${RULES.map((rule) => `${rule}: { floor: 100000 }`).join(', ')}, sourceFloor: 0 }`;

/** organisation.yaml of a simulated organisation: options by chance, limits so wide that they never refuse. */
export function drawOrganisation(dice: Dice): Configuration {
  return parseConfiguration(
    renderOrganisation({
      sources: dice.chance(0.25) ? ['OU=Staff', 'OU=Elsewhere'] : ['OU=Staff'],
      delegates: dice.chance(0.8),
      division: dice.pick(['{ by: none }', '{ by: none }', '{ by: domain }', '{ by: constant, value: north }']),
      sso: dice.chance(0.7) ? dice.pick(['base64', 'guid']) : null,
      users: `{ missing: ${dice.pick(['suspend', 'suspend', 'keep', 'delete'])}, unmanaged: ${dice.pick(['keep', 'keep', 'missing'])}, reactivate: ${dice.chance(0.8)} }`,
      functional: `{ missing: ${dice.pick(['keep', 'empty', 'delete'])} }`,
      limits: WIDE_LIMITS,
    }),
    'simulated',
    '/simulated',
  );
}

/** One source, every limit as it is by default. */
export function buildOrganisation(given: Partial<DrawnOrganisation> = {}): Configuration {
  const plain = { sources: ['OU=Staff'], delegates: true, division: '{ by: none }', sso: null };
  const rules = { users: '{ missing: suspend }', functional: '{ missing: keep }', limits: '{}' };
  return parseConfiguration(renderOrganisation({ ...plain, ...rules, ...given }), 'simulated', '/simulated');
}

export interface DrawnOrganisation {
  readonly sources: readonly string[];
  readonly delegates: boolean;
  readonly division: string;
  readonly sso: string | null;
  readonly users: string;
  readonly functional: string;
  readonly limits: string;
  readonly filters?: string;
  /** Addresses; '' for none. */
  readonly protected?: string;
}

function renderOrganisation(drawn: DrawnOrganisation): string {
  const { sources, sso, users, functional, limits } = drawn;
  return `zivver: { url: https://zivver.example/api/scim/v2, claimedDomains: [${CLAIMED_DOMAINS.join(', ')}] }
sources:
${sources.map((base, index) => renderSource(base, index, drawn)).join('')}
sso: { enabled: ${sso !== null}${sso === null ? '' : `, keyFormat: ${sso}`} }
users: ${users}
functional: ${functional}
limits: ${limits}
protected: { addresses: [${drawn.protected ?? 'admin@company.org'}] }
secrets: { recipients: [age1${'q'.repeat(58)}] }
`;
}

function renderSource(base: string, index: number, { delegates, division, filters }: DrawnOrganisation): string {
  return `  - name: source-${index}
    ldap: { urls: [ldaps://dc1.company.org], user: svc@company.org, baseDn: "${base},DC=company,DC=org" }
    mapping: { delegates: ${delegates ? 'msExchDelegateListLink' : 'none'} }
    division: ${division}
    filters: ${filters ?? '[]'}
`;
}
