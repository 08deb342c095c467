/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once, as is usual. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      process.off('SIGTERM', heard).off('SIGINT', heard);
      resolve();
    };
    process.on('SIGTERM', heard).on('SIGINT', heard);
  });
}
