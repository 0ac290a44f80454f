/** A file that was picked or dropped, and where it lay: "cyber/budapest.md". */
export interface Picked {
  path: string;
  file: File;
}

/** Files for one request, with the manifest that lies beside them. */
export interface Batch {
  files: Picked[];
  manifest: File | undefined;
}

export interface Plan {
  batches: Batch[];
  /** Files that no request can carry. */
  tooLarge: Picked[];
}

export const mostFiles = 8;
export const mostBytes = 16 * 2 ** 20;
/** What the server takes in one request, less some room for the envelope. */
export const largest = 64 * 2 ** 20 - 2 ** 16;

const manifestName = "manifest.json";

/**
 * Cuts what was picked into requests: at most mostFiles files and mostBytes
 * bytes each, a larger file alone, never files with different manifests
 * together. Manifests are not imported themselves; nor are files whose name
 * begins with a dot.
 */
export function planOf(picked: readonly Picked[]): Plan {
  const manifests = new Map(
    picked
      .filter(({ path }) => nameOf(path) === manifestName)
      .map(({ path, file }) => [folderOf(path), file]),
  );
  const files = picked.filter(({ path }) => nameOf(path) !== manifestName && !nameOf(path).startsWith("."));
  const plan: Plan = { batches: [], tooLarge: [] };
  for (const one of files) {
    const manifest = manifestFor(one.path, manifests);
    if (one.file.size + (manifest?.size ?? 0) > largest) {
      plan.tooLarge.push(one);
      continue;
    }
    const last = plan.batches.at(-1);
    if (last && last.manifest === manifest && hasRoom(last, one)) last.files.push(one);
    else plan.batches.push({ files: [one], manifest });
  }
  return plan;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** The manifest in the file's own folder or, failing that, in the nearest one around it. */
function manifestFor(path: string, manifests: Map<string, File>): File | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const manifest = manifests.get(folder);
    if (manifest || folder === "") return manifest;
  }
}

function hasRoom(batch: Batch, one: Picked): boolean {
  const bytes = batch.files.reduce((sum, { file }) => sum + file.size, one.file.size);
  return batch.files.length < mostFiles && bytes <= mostBytes;
}
