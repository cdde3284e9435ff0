import type { Action, Reason } from '../schema/generated/plan.ts';

/** Words of ours for an action, to choose from. */
export const ACTION_NAMES: Readonly<Record<Action, string>> = {
  delete: 'delete',
  suspend: 'suspend',
  reactivate: 'reactivate',
  update: 'update',
  create: 'create',
};

/** Words of ours for a reason, to choose from. */
export const REASON_NAMES: Readonly<Record<Reason, string>> = {
  unexplained: 'unexplained: found nowhere',
  deleted: 'deleted in the source',
  disabled: 'disabled in the source',
  expired: 'expired in the source',
  moved: 'moved out of the selection',
  filtered: 'left out by the query or a filter',
  'address-removed': 'e-mail address removed',
  'suspended-outside': 'suspended in Zivver by hand',
  returned: 'back in the source',
  renamed: 'other e-mail address',
  'handed-over': 'passes to another person',
  'sign-on': 'single sign-on keys made otherwise',
  rollback: 'rollback of an earlier plan',
  attributes: 'other values in the source',
  new: 'new in the source',
};
