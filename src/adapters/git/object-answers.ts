export interface GitObject {
  readonly id: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly bytes: Buffer;
}

const HEADER = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/;
const LINE_END = 0x0a;

/** Answers of `git cat-file --batch`: `<id> <type> <size>\n<bytes>\n`, or `<name> missing\n`; in whatever pieces they come. */
export class AnswerParser {
  #chunks: Buffer[] = [];
  #length = 0;
  /** So many bytes are needed for the next answer at least. */
  #needed = 1;

  /** The answers that are whole now; undefined: there is no such object. */
  parse(chunk: Buffer): (GitObject | undefined)[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    const bytes = Buffer.concat(this.#chunks, this.#length);
    const answers: (GitObject | undefined)[] = [];
    let offset = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_END, offset);
      this.#needed = bytes.length - offset + 1;
      if (end < 0) break;
      const [, id, type, size] = HEADER.exec(bytes.toString('latin1', offset, end)) ?? [];
      const start = end + 1;
      const next = id === undefined ? start : start + Number(size) + 1;
      if (next > bytes.length) {
        this.#needed = next - offset;
        break;
      }
      const object = { id, type, bytes: bytes.subarray(start, next - 1) } as GitObject;
      answers.push(id === undefined ? undefined : object);
      offset = next;
    }
    this.#chunks = [bytes.subarray(offset)];
    this.#length = bytes.length - offset;
    return answers;
  }
}
