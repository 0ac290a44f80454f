/** The address to go back to, if it is one of this site; otherwise the front page. */
export function localPath(address: string | undefined): string {
  if (!address?.startsWith("/")) return "/";
  const here = "http://localhost";
  const url = URL.canParse(address, here) ? new URL(address, here) : undefined;
  return url?.origin === here ? url.pathname + url.search + url.hash : "/";
}
