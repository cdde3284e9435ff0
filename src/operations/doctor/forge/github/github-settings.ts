import type { GithubReader } from '../../../../adapters/forge/github/github-reader.ts';
import type { SettingAnswer } from '../../../../model/forge/setting.ts';
import { listAt, textAt, valueAt } from '../../../../adapters/forge/settings/setting-values.ts';

/** Reads settings below one repository, each once. */
export interface GithubSettings {
  /** `right`: as GitHub names the permission of a fine-grained token. */
  readonly read: (path: string, right: Right) => Promise<SettingAnswer>;
}

export type Right = 'Metadata' | 'Administration' | 'Actions' | 'Environments' | 'Secrets';

export function openSettings(client: Pick<GithubReader, 'look'>, repository: string): GithubSettings {
  const seen = new Map<string, Promise<SettingAnswer>>();
  const look = async (path: string, right: Right): Promise<SettingAnswer> => {
    const { status, data } = await client.look(`/repos/${repository}${path}`);
    if (status === 200) return { isKnown: true, data };
    // The only 404 that is an answer: everything else that is hidden looks as if it were not there.
    if (status === 404 && textAt(data, 'message') === 'Branch not protected') return { isKnown: true, data: null };
    return { isKnown: false, why: explainAnswer(status, right) };
  };
  return {
    read: (path, right) => {
      const known = seen.get(path) ?? look(path, right);
      seen.set(path, known);
      return known;
    },
  };
}

function explainAnswer(status: number, right: Right): string {
  if (status === 429) return 'GitHub’s rate limit is used up';
  if (status >= 500) return `GitHub is out of order (status ${status})`;
  return `the token may not read it (status ${status}): it needs “${right}: read” on this repository`;
}

/** Names of a list that GitHub gives with its length; null if it does not give all of them. */
export function namesIn(data: unknown, list: string): readonly string[] | null {
  const names = listAt(data, list).map((element) => textAt(element, 'name') ?? '');
  return valueAt(data, 'total_count') === names.length ? names : null;
}
