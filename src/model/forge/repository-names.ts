import type { ForgeKind } from './forge-kind.ts';

/** How each forge names a repository; no part can be taken for a step in a path. */
export const REPOSITORY_NAMES: Readonly<Record<ForgeKind, RegExp>> = {
  github: /^[A-Za-z0-9_-][A-Za-z0-9._-]*\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/,
  forgejo: /^[A-Za-z0-9_-][A-Za-z0-9._-]*\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/,
  gitlab: /^(?:\d+|[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)+)$/,
  azure: /^[^/.][^/]*\/[^/.][^/]*$/,
};
