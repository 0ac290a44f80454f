import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { inRound } from "../rounds/coding";
import type { Annotation } from "./edition";

export const documentQuery = (document: string) =>
  queryOptions({
    queryKey: ["document", document],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/documents/{document}", { params: { path: { document } }, signal })),
  });

/** A version; its annotations are asked for as soon as it is here, so that they do not slow the text down. */
export const versionQuery = (version: string) =>
  queryOptions({
    queryKey: ["version", version],
    queryFn: async ({ signal }) => {
      const found = await answer(
        client.GET("/api/versions/{version}", { params: { path: { version } }, signal }),
      );
      void queries.prefetchQuery(marginQuery(version));
      return found;
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

/** Where a query has its matches; without synonyms if that is false. */
export const matchesQuery = (version: string, q: string, synonyms?: false) =>
  queryOptions({
    queryKey: ["matches", version, q, synonyms],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/matches", {
          params: { path: { version }, query: { q, synonyms } },
          signal,
        }),
      ),
    enabled: q !== "",
  });

export const marginQuery = (version: string) =>
  queryOptions({
    queryKey: ["margin", version],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/versions/{version}/annotations", { params: { path: { version } }, signal })),
    structuralSharing: false,
  });

/** What a version refers to, and how much refers to its provisions. */
export const referencesQuery = (version: string) =>
  queryOptions({
    queryKey: ["references", version],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/versions/{version}/references", { params: { path: { version } }, signal })),
    structuralSharing: false,
  });

/** The words of a provision, for a card. */
export const provisionQuery = (version: string, provision: string) =>
  queryOptions({
    queryKey: ["provision", version, provision],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/provisions/{provision}", {
          params: { path: { version, provision } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The commentary on a provision and who cites it. */
export const citingQuery = (version: string, provision: string) =>
  queryOptions({
    queryKey: ["citing", version, provision],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/provisions/{provision}/citations", {
          params: { path: { version, provision } },
          signal,
        }),
      ),
  });

export const conceptsQuery = queryOptions({
  queryKey: ["concepts"],
  queryFn: ({ signal }) =>
    answer(client.GET("/api/concepts", { params: { query: { size: 10000 } }, signal })),
});

export const codebooksQuery = queryOptions({
  queryKey: ["codebooks"],
  queryFn: ({ signal }) => answer(client.GET("/api/codebooks", { signal })),
});

/** Makes a concept with the label, or finds the one there is. */
export async function proposeConcept(label: string): Promise<Schemas["ConceptRef"]> {
  const concept = await answer(client.POST("/api/concepts", { body: { label } }));
  void queries.invalidateQueries({ queryKey: conceptsQuery.queryKey });
  return { id: concept.id, label: concept.label, family: concept.family };
}

/** Writes to the annotations that stand in one version; each write shows in its margin at once. */
export class MarginWriter {
  readonly #version: string;

  constructor(version: string) {
    this.#version = version;
  }

  async create(body: Schemas["NewAnnotation"]): Promise<Annotation> {
    return this.#put(await answer(client.POST("/api/annotations", { body: inRound(body) })));
  }

  async edit(annotation: Annotation, edit: Schemas["AnnotationEdit"]): Promise<Annotation> {
    const path = { annotation: annotation.id };
    const body = { ...edit, number: annotation.number };
    return this.#put(await answer(client.PATCH("/api/annotations/{annotation}", { params: { path }, body })));
  }

  async remove(id: string): Promise<void> {
    await answer(client.DELETE("/api/annotations/{annotation}", { params: { path: { annotation: id } } }));
    this.#change((all) => all.filter((annotation) => annotation.id !== id));
    this.#outdate();
  }

  /** Says where an annotation of another version stands in this one. */
  async place(annotation: Annotation, target: Schemas["Stretch"]): Promise<void> {
    const path = { annotation: annotation.id, version: this.#version };
    const body = { deed: "place" as const, ...target };
    await answer(
      client.POST("/api/annotations/{annotation}/placements/{version}", { params: { path }, body }),
    );
    await this.reread();
  }

  /** Reads the margin anew and gives what is in it. */
  async reread(): Promise<Annotation[]> {
    this.#outdate();
    const { annotations } = await queries.fetchQuery({ ...marginQuery(this.#version), staleTime: 0 });
    return annotations;
  }

  /** An answer to a write speaks of the annotation's own version; here it stays where it stood. */
  #put(annotation: Annotation): Annotation {
    let placed = annotation;
    this.#change((all) => {
      const before = all.find((one) => one.id === annotation.id);
      if (before && annotation.placement.version !== this.#version) {
        placed = { ...annotation, placement: before.placement };
      }
      return [...all.filter((one) => one.id !== annotation.id), placed];
    });
    this.#outdate(annotation.version !== this.#version || !this.#known());
    return placed;
  }

  /** Whether the margin has been read: without the others, one annotation would pass for all there are. */
  #known(): boolean {
    return queries.getQueryData(marginQuery(this.#version).queryKey) !== undefined;
  }

  #change(change: (all: Annotation[]) => Annotation[]): void {
    queries.setQueryData(
      marginQuery(this.#version).queryKey,
      (data) => data && { annotations: change(data.annotations) },
    );
  }

  /** What was read elsewhere no longer holds; this margin too if it cannot know where the annotation stands. */
  #outdate(here = false): void {
    void queries.invalidateQueries({ queryKey: conceptsQuery.queryKey });
    void queries.invalidateQueries({ queryKey: ["search"] });
    if (here) void queries.invalidateQueries({ queryKey: marginQuery(this.#version).queryKey });
  }
}
