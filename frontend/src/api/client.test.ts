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
    await expect(failed).rejects.toMatchObject({ status: 502, title: "Error 502", request: "r1" });
  });

  test("says when there is no answer", async () => {
    await expect(answer(Promise.reject(new TypeError("fetch failed")))).rejects.toMatchObject({ status: 0 });
  });

  test("leaves an abort as it is", async () => {
    const abort = new DOMException("gone", "AbortError");
    await expect(answer(Promise.reject(abort))).rejects.toBe(abort);
  });
});
