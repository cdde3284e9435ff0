import { appendFindings, readFindings } from '../../adapters/git/findings-branch.ts';
import { proposalsUrlOf, runUrlOf } from '../../model/forge/forges.ts';
import type { Finding, RunFinding } from '../../model/notify/finding.ts';
import { listMessages, listTestMessages, type Message } from '../../model/notify/message.ts';
import type { CommandContext } from '../context.ts';
import { readNotices } from './read-notices.ts';
import { sendMessages } from './send-messages.ts';

export interface NotifyRequest {
  /** The job that ended before, and how. */
  readonly during: RunFinding['during'];
  readonly code: number;
  /** What it printed, line by line; [] if nobody says. */
  readonly text: readonly string[];
  readonly now: () => Date;
  readonly environment: NodeJS.ProcessEnv;
}

export interface Told {
  readonly sent: readonly string[];
  readonly failed: readonly { readonly to: string; readonly why: string }[];
  /** Why the findings could not be recorded, so that things may be told again; null: they are. */
  readonly unrecorded: string | null;
}

/** Works out what there is to tell, tells it, and records what was found and whom it reached. */
export async function tell(context: CommandContext, request: NotifyRequest): Promise<Told> {
  const { git, configuration } = context;
  const { organisation, approval, notify } = configuration;
  const place = { gitRemote: approval.gitRemote, organisation };
  const known = await readFindings(git, place);
  const links = { proposals: proposalsUrlOf(request.environment), run: runUrlOf(request.environment) };
  const { notices, run } = await readNotices(context, { known, links, ...request, now: request.now() });
  const messages =
    notify === null ? [] : listMessages(notices, { configuration: notify, findings: known, organisation });
  return send(context, { messages, run, request });
}

/** A message to everybody whom a rule names. */
export function tellTest(context: CommandContext, request: Pick<NotifyRequest, 'now' | 'environment'>): Promise<Told> {
  const { notify, organisation } = context.configuration;
  return send(context, { messages: notify === null ? [] : listTestMessages(notify, organisation), run: null, request });
}

async function send(
  { git, configuration }: CommandContext,
  given: { messages: readonly Message[]; run: RunFinding | null; request: Pick<NotifyRequest, 'now' | 'environment'> },
): Promise<Told> {
  const { notify, organisation, approval } = configuration;
  const { messages, run, request } = given;
  const told = notify === null ? [] : await sendMessages(messages, { configuration, notify, ...request });
  const findings: readonly Finding[] = [...(run === null ? [] : [run]), ...told];
  const place = { gitRemote: approval.gitRemote, organisation };
  return {
    sent: told.flatMap(({ to, failure }) => (failure === null ? [to] : [])),
    failed: told.flatMap(({ to, failure }) => (failure === null ? [] : [{ to, why: failure }])),
    unrecorded: findings.length === 0 ? null : await appendFindings(git, place, findings),
  };
}
