import type { MappedAccount } from '../mapping/mapped.ts';
import type { Evidence } from '../schema/generated/plan.ts';

/** What a source says by an entry that was mapped, and where it stands. */
export function evidenceOf(mapped: MappedAccount): Evidence {
  const told = mapped.kind === 'user' ? mapped.inactivity : mapped.sharedBy;
  return {
    source: mapped.source,
    lookup: mapped.origin === undefined ? 'selection' : 'file',
    entry: mapped.dn,
    attribute: told?.attribute ?? null,
    value: told?.value ?? null,
  };
}
