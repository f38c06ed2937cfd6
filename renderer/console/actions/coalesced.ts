/** News comes in bursts: runs at once, then at most every `everyMs`, and never twice at the same time. */
export function coalesced(work: () => Promise<void>, everyMs: number): () => void {
  let running = false;
  let again = false;
  const run = (): void => {
    running = true;
    again = false;
    void work().finally(() => {
      setTimeout(() => {
        running = false;
        if (again) run();
      }, everyMs);
    });
  };
  return () => {
    if (running) again = true;
    else run();
  };
}
