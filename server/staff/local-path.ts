/** Where staff come in when nothing else was asked for. */
export const firstPage = '/overview';

/**
 * The page to go to after signing in, as asked for in an address that anybody may have written: a path of this service,
 * never another site (`//evil.example`, `/\evil.example`), and never a page of the sign-in itself.
 */
export function localPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 500) return firstPage;
  const isPath = /^\/(?!\/)[A-Za-z0-9\-._~/?&=,%+]*$/.test(asked);
  return isPath && !/^\/sign-(in|out)/.test(asked) ? asked : firstPage;
}
