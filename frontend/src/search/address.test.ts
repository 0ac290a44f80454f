import { describe, expect, test } from "vitest";
import { readParams } from "../app/address";
import {
  asked,
  asksNothing,
  inReader,
  inView,
  readSearch,
  type SearchAddress,
  savedAddress,
  toggled,
  unfiltered,
  yearBetween,
  yearEnds,
} from "./address";

const read = (query: string) => readSearch(readParams(query));

describe("a search's address", () => {
  test("is read whole", () => {
    expect(
      read(
        "?q=moral&kind=treaty&kind=declaration&party=FRA&region=Europe&status=in+force&coded=no&year=2010..2015&in=ets-185&version=all&sort=newest&page=3",
      ),
    ).toEqual({
      q: "moral",
      kind: ["treaty", "declaration"],
      party: ["FRA"],
      region: ["Europe"],
      status: ["in force"],
      coded: ["no"],
      year: "2010..2015",
      in: "ets-185",
      version: "all",
      sort: "newest",
      page: 3,
    });
  });

  test("says whether synonyms are left out, and keeps that", () => {
    const address = read("?q=moral&synonyms=false&kind=treaty");
    expect(address).toEqual({ q: "moral", synonyms: false, kind: ["treaty"] });
    expect(read(savedAddress(address))).toEqual(address);
    expect(unfiltered(address)).toEqual({ q: "moral", synonyms: false });
    expect(inReader(address)).toEqual({ q: "moral", synonyms: false });
    expect(read("?q=moral&synonyms=true")).toEqual({ q: "moral" });
    expect(asksNothing(read("?synonyms=false"))).toBe(true);
  });

  test("leaves out what is not valid or at its default", () => {
    expect(read("?q=++&year=20x&sort=best&page=1&other=1")).toEqual({});
    expect(read("?sort=relevance")).toEqual({});
    expect(read("?coded=perhaps&coded=no")).toEqual({ coded: ["no"] });
    expect(read("?q=x&version=current")).toEqual({ q: "x" });
  });

  test.each([
    ["?q=x&view=concordance&sort=left&page=2", { q: "x", view: "concordance", sort: "left", page: 2 }],
    ["?q=x&view=concordance&sort=newest", { q: "x", view: "concordance" }],
    ["?q=x&view=concordance&sort=document", { q: "x", view: "concordance" }],
    ["?q=x&view=concordance&sort=right3", { q: "x", view: "concordance", sort: "right3" }],
    ["?q=x&view=agreements&sort=hits", { q: "x", view: "agreements", sort: "hits" }],
    ["?q=x&view=agreements&sort=left", { q: "x", view: "agreements" }],
    ["?q=x&view=list&sort=left", { q: "x" }],
  ])("%s has the orders of its view", (query, address) => {
    expect(read(query)).toEqual(address);
  });

  test("of a concordance is saved with its order", () => {
    const address: SearchAddress = { q: "x", kind: ["treaty"], view: "concordance", sort: "right", page: 2 };
    expect(read(savedAddress(address))).toEqual({ ...address, page: undefined });
  });

  test("in another view begins anew, in the same order where there is that order", () => {
    const address: SearchAddress = { q: "x", kind: ["treaty"], sort: "newest", page: 2 };
    expect(inView(address, undefined)).toBe(address);
    expect(inView(address, "concordance")).toEqual({ q: "x", kind: ["treaty"], view: "concordance" });
    expect(inView(address, "agreements")).toEqual({
      q: "x",
      kind: ["treaty"],
      view: "agreements",
      sort: "newest",
    });
    expect(asked(address)).toEqual({ q: "x", kind: ["treaty"] });
  });

  test("is saved without the page and read back the same", () => {
    const address: SearchAddress = { q: "a & b", concept: ["content regulation"], year: "..2001", page: 2 };
    expect(savedAddress(address)).toBe("q=a+%26+b&concept=content+regulation&year=..2001");
    expect(read(savedAddress(address))).toEqual({ ...address, page: undefined });
  });

  test.each([
    ["", true],
    ["?sort=newest", true],
    ["?page=2", true],
    ["?view=concordance&sort=left", true],
    ["?q=x", false],
    ["?year=2014", false],
  ])("%s asks nothing: %s", (query, nothing) => {
    expect(asksNothing(read(query))).toBe(nothing);
  });

  test("a filter is put in and taken out, from the first page", () => {
    const on = toggled({ q: "x", page: 4 }, "kind", "treaty");
    expect(on).toEqual({ q: "x", kind: ["treaty"], page: undefined });
    expect(toggled(on, "kind", "treaty").kind).toBeUndefined();
    expect(toggled(on, "kind", "directive").kind).toEqual(["treaty", "directive"]);
  });

  test("without its filters it keeps the query and the order", () => {
    expect(unfiltered({ q: "x", kind: ["treaty"], year: "2014", in: "d", sort: "title", page: 2 })).toEqual({
      q: "x",
      sort: "title",
    });
    expect(unfiltered({ q: "x", kind: ["treaty"], view: "concordance", sort: "left" })).toEqual({
      q: "x",
      view: "concordance",
      sort: "left",
    });
  });
});

describe("years", () => {
  test.each([
    ["2014", 2014, 2014],
    ["2010..2015", 2010, 2015],
    ["2010..", 2010, 0],
    ["..2015", 0, 2015],
  ])("%s goes from %i to %i and back", (year, from, to) => {
    expect(yearEnds(year)).toEqual({ from, to });
    expect(yearBetween(from, to)).toBe(year);
  });

  test("no year has open ends", () => {
    expect(yearEnds(undefined)).toEqual({ from: 0, to: 0 });
    expect(yearBetween(0, 0)).toBeUndefined();
  });

  test("ends in the wrong order are put right", () => {
    expect(yearBetween(2015, 2010)).toBe("2010..2015");
  });
});
