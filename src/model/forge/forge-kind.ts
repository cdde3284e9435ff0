export const FORGE_KINDS = ['github', 'gitlab', 'forgejo', 'azure'] as const;
export type ForgeKind = (typeof FORGE_KINDS)[number];

/** Folder of what `init` writes beside the pipelines. */
export const FORGE_FOLDERS: Readonly<Record<ForgeKind, string>> = {
  github: '.github',
  gitlab: '.gitlab',
  forgejo: '.forgejo',
  azure: '.azuredevops',
};

/** The page for reviewers, to which pull requests link. */
export function reviewingFileOf(kind: ForgeKind): string {
  return `${FORGE_FOLDERS[kind]}/zivver-gitops-reviewing.md`;
}
