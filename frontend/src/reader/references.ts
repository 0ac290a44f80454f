import type { Span } from "../anchor/offsets";
import type { Schemas } from "../api/client";
import { writeParams } from "../app/address";
import { type Edition, holder, indexAt, type Provision, pagesOf } from "./edition";

/** How places of one version are cited and linked to. */
export class References {
  readonly #document: Schemas["DocumentDetail"];
  readonly #edition: Edition;

  constructor(document: Schemas["DocumentDetail"], edition: Edition) {
    this.#document = document;
    this.#edition = edition;
  }

  /** The innermost provision that holds the span; undefined if no single one does. */
  provision(span: Span): Provision | undefined {
    const { blocks, provisions } = this.#edition;
    const block = blocks[indexAt(blocks, span.start)];
    return block && provisions[holder(provisions, block.provision, span)];
  }

  /**
   * "Budapest Convention, art. 9(2)(a)". What has no number of its own is also cited by the pages of its source,
   * if it has any: "Essay, para. 3, p. 12".
   */
  citation(provision: Provision | undefined, span: Span | undefined = provision): string {
    const name = this.#document.shortTitle || this.#document.title;
    const pages = span && !provision?.number ? pagesOf(this.#edition.pages, span) : [];
    const page = pages.length > 0 ? `${pages.length > 1 ? "pp." : "p."} ${pages.join("–")}` : "";
    return [name, provision?.pinpoint, page].filter(Boolean).join(", ");
  }

  /** The lasting address of a provision, or of the document. Only a version that is not the current one is named. */
  link(provision: Provision | undefined): string {
    const { id } = this.#edition.version;
    const own = this.#document.versions.find((version) => version.id === id);
    const only = this.#document.versions.filter((version) => version.current).length === 1;
    const params = { at: provision?.id, version: own?.current && only ? undefined : id };
    return `${location.origin}/read/${encodeURIComponent(this.#document.id)}${writeParams(params)}`;
  }
}
