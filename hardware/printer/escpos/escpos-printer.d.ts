/** The part of escpos 2.5.2 that we use; it ships no types. What is missing here is missing on purpose: see `byte-builder.ts`. */
declare module 'escpos/printer.js' {
  export type EscPosAdapter = {
    open(done: (error?: Error) => void): void;
    write(buffer: Buffer, done?: (error?: Error) => void): void;
    close(done: (error?: Error) => void): void;
  };

  export default class EscPosPrinter {
    constructor(adapter: EscPosAdapter, options: { encoding: string });
    hardware(command: 'init'): this;
    align(side: 'lt' | 'ct' | 'rt'): this;
    /** Bytes as they are. */
    print(bytes: Buffer): this;
    pureText(text: string): this;
    feed(lines: number): this;
    /** Hands the adapter a slice of the live buffer. */
    flush(): this;
  }
}
