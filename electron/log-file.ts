/** A desktop program has no console: its log goes to a file of bounded size, with the one before it kept. A full disk costs log lines, never the till. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const LOG_BYTES_MAX = 5_000_000;

export type LogFile = { write(line: string): void };

/** `echo` also sees every line: a terminal during development. */
export function openLogFile(file: string, echo?: (line: string) => void, bytesMax = LOG_BYTES_MAX): LogFile {
  let bytes = prepare(file);
  return {
    write(line) {
      echo?.(line);
      try {
        if (bytes + line.length > bytesMax) {
          renameSync(file, `${file}.1`);
          bytes = 0;
        }
        appendFileSync(file, line, { mode: 0o600 });
        bytes += Buffer.byteLength(line);
      } catch {
        // full or read-only disk: there is nowhere to say it but the echo above
      }
    },
  };
}

function prepare(file: string): number {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    return statSync(file).size;
  } catch {
    return 0;
  }
}
