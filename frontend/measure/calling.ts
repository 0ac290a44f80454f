import { expect } from "@playwright/test";
import { password } from "../e2e/people";
import type { Server } from "../e2e/server";

/** Makes an account and returns what calls the API as its owner. */
export function caller(server: Server) {
  server.run(["user", "add", "Irnerius", "--role", "editor"], `${password}\n`);
  const token = server.run(["token", "add", "Irnerius", "measure"]).trim();
  return async (path: string, body?: object) => {
    const answer = await fetch(server.url + path, {
      method: body ? "POST" : "GET",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    expect(answer.ok, path).toBe(true);
    return answer.json();
  };
}
