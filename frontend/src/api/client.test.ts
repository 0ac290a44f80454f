import { describe, expect, test } from "vitest";
import { answer, Problem } from "./client";

const outcome = (status: number, body: { data?: unknown; error?: unknown }, headers?: HeadersInit) =>
  Promise.resolve({ ...body, response: new Response(null, { status, headers }) });

describe("answer", () => {
  test("gives the body", async () => {
    await expect(answer(outcome(200, { data: { id: "a" } }))).resolves.toEqual({ id: "a" });
  });

  test("throws problem details as a Problem", async () => {
    const error = {
      type: "/problems/query",
      title: "Query",
      status: 400,
      detail: "never closed",
      position: 3,
      length: 1,
    };
    await expect(answer(outcome(400, { error }))).rejects.toMatchObject({
      name: "Problem",
      status: 400,
      message: "never closed",
      position: 3,
    });
  });

  test("makes a Problem of an answer that has none", async () => {
    const failed = answer(outcome(502, { error: "<html>" }, { "X-Request-Id": "r1" }));
    await expect(failed).rejects.toBeInstanceOf(Problem);
    await expect(failed).rejects.toMatchObject({ status: 502, request: "r1" });
    await expect(failed).rejects.toMatchObject({ title: "The server does not answer" });
    await expect(answer(outcome(418, {}))).rejects.toMatchObject({
      title: "Error 418",
      message: "Error 418",
    });
  });

  test.each([
    ["7", 7, "Try again in 7 seconds."],
    ["1", 1, "Try again in a second."],
    ["150", 150, "Try again in 3 minutes."],
    ["Wed, 01 Jan 2020 00:00:00 GMT", 1, "Try again in a second."],
    [undefined, undefined, "Try again in a moment."],
    ["soon", undefined, "Try again in a moment."],
  ])("says when to try again: Retry-After %s", async (after, wait, message) => {
    const failed = answer(outcome(503, { error: "" }, after ? { "Retry-After": after } : undefined));
    await expect(failed).rejects.toMatchObject({ title: "The server is busy", wait, message });
  });

  test("leaves the server's own words as they are", async () => {
    const error = { title: "Too many requests", status: 429, detail: "Too many; try again in 4 seconds." };
    const failed = answer(outcome(429, { error }, { "Retry-After": "4" }));
    await expect(failed).rejects.toMatchObject({ message: error.detail, wait: 4 });
  });

  test("says when there is no answer", async () => {
    await expect(answer(Promise.reject(new TypeError("fetch failed")))).rejects.toMatchObject({ status: 0 });
  });

  test("leaves an abort as it is", async () => {
    const abort = new DOMException("gone", "AbortError");
    await expect(answer(Promise.reject(abort))).rejects.toBe(abort);
  });
});
