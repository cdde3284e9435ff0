/** Labs of one seed and size are identical, objectGUIDs included. */
export const DEFAULT_SEED = 'hospital';
