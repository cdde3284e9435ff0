import type { Forge } from '../../model/forge/forge.ts';

/** The comment or issue that begins with this line is ours; invisible on the page. */
export function markOf(...names: readonly string[]): string {
  return `<!-- zivver-gitops:${names.join(':')} -->`;
}

/** One comment of its kind on a pull request: edited in place if it is there. What people wrote is never edited. */
export async function writeMarkedComment(
  forge: Forge,
  number: number,
  { mark, text }: { readonly mark: string; readonly text: string },
): Promise<void> {
  const body = `${mark}\n${text}`;
  const own = (await forge.listComments(number)).find((comment) => comment.isOurs && comment.body.startsWith(mark));
  if (own === undefined) await forge.addComment(number, body);
  else if (own.body !== body) await forge.editComment(number, own.id, body);
}
