import type { AlarmText } from '../../../model/forge/forge.ts';
import type { ForgeRest } from '../forge-rest.ts';
import { ALARM_LABEL } from '../markdown-alarm.ts';

const VERSION = 'api-version=7.1';
/** Every process template has it. */
const TYPE = 'Task';

/** Alarms as work items, found again by a tag: descriptions are HTML, and Azure rewrites what stands in them. */
export class AzureAlarms {
  readonly #rest: ForgeRest;
  readonly #project: string;

  constructor(rest: ForgeRest, project: string) {
    this.#rest = rest;
    this.#project = `/${encodeURIComponent(project)}/_apis/wit`;
  }

  async find(mark: string): Promise<number | null> {
    const done = (await this.#readStates()).map(quote).join(', ');
    const query = `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.WorkItemType] = '${TYPE}' AND [System.Tags] CONTAINS ${quote(tagOf(mark))} AND [System.State] NOT IN (${done}) ORDER BY [System.Id]`;
    const answer = await this.#rest.send('POST', `${this.#project}/wiql?${VERSION}`, { query });
    return (answer as { workItems: readonly { id: number }[] }).workItems[0]?.id ?? null;
  }

  async open(alarm: AlarmText): Promise<number> {
    const tags = { op: 'add', path: '/fields/System.Tags', value: `${ALARM_LABEL}; ${tagOf(alarm.mark)}` };
    const path = `${this.#project}/workitems/$${TYPE}?${VERSION}`;
    const made = await this.#rest.sendPatch('POST', path, [tags, ...fieldsOf(alarm)]);
    return (made as { id: number }).id;
  }

  async edit(number: number, alarm: AlarmText): Promise<void> {
    await this.#rest.sendPatch('PATCH', `${this.#project}/workitems/${number}?${VERSION}`, fieldsOf(alarm));
  }

  /** With the state that the process template of the project calls completed. */
  async close(number: number, why: string): Promise<void> {
    const [state = 'Done'] = await this.#readStates();
    const changes = [
      { op: 'add', path: '/fields/System.History', value: escapeHtml(why) },
      { op: 'add', path: '/fields/System.State', value: state },
    ];
    await this.#rest.sendPatch('PATCH', `${this.#project}/workitems/${number}?${VERSION}`, changes);
  }

  async #readStates(): Promise<readonly string[]> {
    const answer = await this.#rest.send('GET', `${this.#project}/workitemtypes/${TYPE}/states?${VERSION}`);
    const { value } = answer as { value: readonly { name: string; category: string }[] };
    return value.filter(({ category }) => category === 'Completed').map(({ name }) => name);
  }
}

function fieldsOf({ title, lead, text }: AlarmText): readonly object[] {
  const html = `<p>${escapeHtml(lead)}</p><pre>${escapeHtml(text)}</pre>`;
  return [
    { op: 'add', path: '/fields/System.Title', value: title },
    { op: 'add', path: '/fields/System.Description', value: html },
  ];
}

/** `<!-- zivver-gitops:issue:city:drift -->` → `zivver-gitops:issue:city:drift` */
function tagOf(mark: string): string {
  return mark.replace(/^<!-- | -->$/g, '');
}

/** A text of WIQL. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
