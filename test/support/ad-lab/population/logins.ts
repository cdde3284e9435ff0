import type { LabLogin } from '../manifest.ts';
import { formatUnitDn } from './dn.ts';
import { buildSeededUuid } from './seeded-random.ts';
import { SERVICE_ACCOUNTS } from './units.ts';

/** The view-only account the product uses. */
export const SERVICE_LOGIN = 'svc_zivver';

/** The service account, and one login for each way in which AD refuses one. */
export function buildLogins(seed: string): LabLogin[] {
  const refusals: Readonly<Record<string, string | null>> = {
    [SERVICE_LOGIN]: null,
    svc_disabled: '533',
    svc_expired: '701',
    svc_must_change: '773',
    svc_locked: '775',
    svc_workstation: '531',
    svc_hours: '530',
  };
  return Object.entries(refusals).map(([name, refusal]) => ({
    name,
    dn: `CN=${name},${formatUnitDn(SERVICE_ACCOUNTS)}`,
    guid: buildSeededUuid(seed, name),
    refusal,
  }));
}

/** What `provision.py` does to a login after its password is set. */
export function describeRefusal(login: LabLogin): { mustChange: boolean; afterwards: Record<string, string> } {
  const mustChange = login.refusal === '773';
  switch (login.refusal) {
    case '773':
      // A password that never expires need not be changed.
      return { mustChange, afterwards: { userAccountControl: '512' } };
    case '533':
      return { mustChange, afterwards: { userAccountControl: '66050' } };
    case '701':
      return { mustChange, afterwards: { accountExpires: '132223104000000000' } };
    case '775':
      return { mustChange, afterwards: { lockoutTime: '132223104000000000' } };
    case '531':
      return { mustChange, afterwards: { userWorkstations: 'ELSEWHERE' } };
    case '530':
      return { mustChange, afterwards: { logonHours: 'no-hours' } };
    default:
      return { mustChange, afterwards: {} };
  }
}
