import { answer, asProblem, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { type Batch, nameOf, type Picked, planOf } from "./batches";

export type Line = Omit<Schemas["ImportReport"]["files"][number], "outcome"> & {
  outcome: Schemas["ImportReport"]["files"][number]["outcome"] | "stopped";
};

export interface Import {
  running: boolean;
  total: number;
  /** Names of the files that are on their way now. */
  current: string[];
  /** What became of the others, in the order in which it became known. */
  lines: Line[];
}

let state: Import | undefined;
let stop = new AbortController();
const listeners = new Set<() => void>();

/** The import that runs or ran last, undefined before the first: it goes on while one looks at other screens. */
export function currentImport(): Import | undefined {
  return state;
}

export function onImport(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function put(next: Import): void {
  state = next;
  for (const listener of listeners) listener();
}

export function cancelImport(): void {
  stop.abort();
}

export function dismissImport(): void {
  state = undefined;
  for (const listener of listeners) listener();
}

/** Sends what was picked, a few files at a time. While one import runs, another is not begun. */
export async function startImport(picked: readonly Picked[]): Promise<void> {
  if (state?.running) return;
  stop = new AbortController();
  const { batches, tooLarge } = planOf(picked);
  const lines = tooLarge.map(({ path }) =>
    lineOf(path, "refused", "larger than 64 MB; import it with the command glossator import"),
  );
  const total = batches.reduce((sum, batch) => sum + batch.files.length, lines.length);
  put({ running: true, total, current: [], lines });
  for (const batch of batches) {
    const current = batch.files.map(({ path }) => nameOf(path));
    put({ running: true, total, current, lines: [...lines] });
    lines.push(...(await send(batch)));
  }
  put({ running: false, total, current: [], lines: [...lines] });
  for (const key of ["documents", "document", "status", "search"])
    void queries.invalidateQueries({ queryKey: [key] });
}

async function send(batch: Batch): Promise<Line[]> {
  const all = (outcome: Line["outcome"], reason: string) =>
    batch.files.map(({ path }) => lineOf(path, outcome, reason));
  if (stop.signal.aborted) return all("stopped", "not sent: the import was stopped");
  try {
    const report = await answer(
      client.POST("/api/imports", {
        body: { files: [] },
        bodySerializer: () => formOf(batch),
        signal: stop.signal,
      }),
    );
    return report.files;
  } catch (error) {
    if (stop.signal.aborted)
      return all("stopped", "the import was stopped before the server answered; import it again");
    const problem = asProblem(error);
    if (problem.status === 401 || problem.status === 403) stop.abort();
    return all("refused", problem.message);
  }
}

function formOf({ files, manifest }: Batch): FormData {
  const form = new FormData();
  for (const { path, file } of files) form.append("files", file, nameOf(path));
  if (manifest) form.append("manifest", manifest, "manifest.json");
  return form;
}

function lineOf(path: string, outcome: Line["outcome"], reason: string): Line {
  return { name: nameOf(path), outcome, reason };
}
