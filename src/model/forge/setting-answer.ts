/** A setting of a repository that was read; or why it is not known. */
export type SettingAnswer =
  { readonly isKnown: true; readonly data: unknown } | { readonly isKnown: false; readonly why: string };
