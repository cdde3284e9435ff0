/** What a forge holds, whatever its API calls it; and a server on loopback that a stub answers for. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredComment {
  readonly id: number;
  readonly author: number;
  body: string;
}

export interface StoredPull {
  readonly number: number;
  readonly branch: string;
  readonly base: string;
  readonly isFork: boolean;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  mergeCommit: string | null;
  labels: string[];
  readonly comments: StoredComment[];
}

export interface StoredAlarm {
  readonly number: number;
  readonly author: number;
  title: string;
  body: string;
  labels: string[];
  isOpen: boolean;
  readonly comments: string[];
}

/** The owner of the token. */
export const ME = 77;
/** A person. */
export const SOMEBODY = 12;

export class ForgeMemory {
  readonly pulls: StoredPull[] = [];
  readonly alarms: StoredAlarm[] = [];
  readonly labels: string[] = [];
  /** `POST /…`: everything but what only reads. */
  readonly writes: string[] = [];
  /** Every authorization that was sent. */
  readonly tokens = new Set<string>();

  addPull(pull: Partial<StoredPull> & Pick<StoredPull, 'branch' | 'base'>): StoredPull {
    const number = this.pulls.length + 1;
    const stored: StoredPull = {
      number,
      isFork: false,
      title: '',
      body: '',
      state: 'open',
      mergeCommit: null,
      labels: [],
      comments: [],
      ...pull,
    };
    this.pulls.push(stored);
    return stored;
  }

  addComment(pull: StoredPull, author: number, body: string): StoredComment {
    const comment = { id: this.pulls.flatMap(({ comments }) => comments).length + 1, author, body };
    pull.comments.push(comment);
    return comment;
  }

  addAlarm(author: number, title: string, body: string, labels: string[]): StoredAlarm {
    const alarm = { number: this.alarms.length + 1, author, title, body, labels, isOpen: true, comments: [] };
    this.alarms.push(alarm);
    return alarm;
  }

  pull(number: number): StoredPull {
    return found(this.pulls.find((one) => one.number === number));
  }

  alarm(number: number): StoredAlarm {
    return found(this.alarms.find((one) => one.number === number));
  }
}

/** What a stub makes of a request; undefined = 404. */
export type Answer = { readonly status?: number; readonly body: unknown } | undefined;

export interface Call {
  readonly method: string;
  /** Without the query, decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ForgeStub {
  readonly url: string;
  readonly memory: ForgeMemory;
  close(): Promise<void>;
}

/** Serves `answer` below the root of a port on loopback. `auth` is the header with the token. */
export async function serveForge(
  memory: ForgeMemory,
  auth: string,
  answer: (call: Call) => Answer,
  isRead: (call: Call) => boolean = ({ method }) => method === 'GET',
): Promise<ForgeStub> {
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? '', 'http://127.0.0.1');
      const call = {
        method: request.method ?? '',
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        body,
      };
      memory.tokens.add(String(request.headers[auth]));
      if (!isRead(call)) memory.writes.push(`${call.method} ${call.path}`);
      let given: Answer;
      try {
        given = answer(call);
      } catch (error) {
        if (!(error instanceof MissingError)) throw error;
      }
      response.writeHead(given === undefined ? 404 : (given.status ?? 200), { 'content-type': 'application/json' });
      response.end(given?.body === null ? '' : JSON.stringify(given?.body ?? { message: 'Not Found' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, memory, close };
}

/** One page of a list. */
export function pageOf<Row>(rows: readonly Row[], { query }: Call, most: number): readonly Row[] {
  const size = Math.min(most, Number(query.get('per_page') ?? query.get('limit') ?? most));
  const page = Number(query.get('page') ?? 1);
  return rows.slice((page - 1) * size, page * size);
}

class MissingError extends Error {}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new MissingError();
  return value;
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>);
}
