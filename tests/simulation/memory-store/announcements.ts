/** There is one process, which knows by itself. */
export async function announcePushed(): Promise<void> {
  await Promise.resolve();
}

export async function announceFolded(): Promise<void> {
  await Promise.resolve();
}
