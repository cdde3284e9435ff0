import type { GithubWriter } from '../../adapters/forge/github/github-writer.ts';

/** The comment or issue that begins with this line is ours; invisible on the page. */
export function markOf(...names: readonly string[]): string {
  return `<!-- zivver-gitops:${names.join(':')} -->`;
}

/** True for something a workflow or a machine account wrote under this mark: what people wrote is never edited. */
export function isMarked(found: Record<string, unknown>, mark: string, author: 'bot' | 'anybody'): boolean {
  const { body, user } = found as { body?: unknown; user?: { type?: unknown } | null };
  const isOurs = author === 'anybody' || user?.type === 'Bot';
  return isOurs && typeof body === 'string' && body.startsWith(mark);
}

/** One comment of its kind on a pull request or issue: edited in place if it is there. */
export async function writeMarkedComment(
  github: GithubWriter,
  number: number,
  mark: string,
  text: string,
): Promise<void> {
  const body = `${mark}\n${text}`;
  const comments = await github.readAll(`/issues/${number}/comments`);
  const own = comments.find((comment) => isMarked(comment, mark, 'bot'));
  if (own === undefined) await github.send('POST', `/issues/${number}/comments`, { body });
  else if (own['body'] !== body) await github.send('PATCH', `/issues/comments/${Number(own['id'])}`, { body });
}
