/** One request by hand: also with a Host, Origin or cookie that no browser would let a page set. */
import { request } from 'node:http';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};

const SILENT_MS_MAX = 15_000;

/** A stream that goes on for ever is cut once its status is here. */
export async function ask(url: string, { method, path, headers = {}, body }: Asked): Promise<Answered> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
  return await new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method, headers: { ...type, ...headers } }, (response) => {
      const { statusCode = 0 } = response;
      const done = (read: string): void => resolve({ status: statusCode, headers: response.headers, text: read });
      if (response.headers['content-type']?.startsWith('text/event-stream') === true) {
        done('');
        sent.destroy();
        return;
      }
      let read = '';
      response.setEncoding('utf8').on('data', (part: string) => (read += part));
      response.on('end', () => done(read)).on('error', reject);
    });
    sent.setTimeout(SILENT_MS_MAX, () => sent.destroy(new Error(`${method} ${path} was not answered`)));
    sent.on('error', reject);
    sent.end(text);
  });
}
