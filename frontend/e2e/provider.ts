// A provider of OpenID Connect that knows one person, who says yes or no.

import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Provider = {
  url: string;
  secret: string;
  /** What is said of the person from now on, beside their subject. */
  claims: Record<string, unknown>;
  stop(): Promise<void>;
};

type Asked = { nonce: string; challenge: string };

/** Starts a provider on a port of its own. */
export async function startProvider(claims: Record<string, unknown>): Promise<Provider> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, Asked>();
  const provider = { url: "", secret: randomBytes(16).toString("hex"), claims, stop: async () => {} };

  const proof = (nonce: string) => {
    const now = Math.floor(Date.now() / 1000);
    const says = { iss: provider.url, aud: "glossator", sub: "person-1", iat: now, exp: now + 300, nonce };
    const parts = [
      { alg: "RS256", kid: "one" },
      { ...says, ...provider.claims },
    ];
    const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${input}.${sign("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
  };

  const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>> = {
    "/.well-known/openid-configuration": async (_, response) =>
      json(response, {
        issuer: provider.url,
        authorization_endpoint: `${provider.url}/authorize`,
        token_endpoint: `${provider.url}/token`,
        jwks_uri: `${provider.url}/keys`,
      }),
    "/keys": async (_, response) =>
      json(response, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }],
      }),
    "/authorize": async (request, response) => {
      const asked = new URL(request.url ?? "", provider.url).searchParams;
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("state", asked.get("state") ?? "");
      const no = new URL(back);
      no.searchParams.set("error", "access_denied");
      const code = randomBytes(8).toString("hex");
      codes.set(code, { nonce: asked.get("nonce") ?? "", challenge: asked.get("code_challenge") ?? "" });
      back.searchParams.set("code", code);
      response.setHeader("Content-Type", "text/html");
      response.end(
        `<!doctype html><title>Provider</title><a href="${escaped(back)}">Yes, it is me</a> <a href="${escaped(no)}">No</a>`,
      );
    },
    "/token": async (request, response) => {
      const given = new URLSearchParams(await body(request));
      const asked = codes.get(given.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(given.get("code_verifier") ?? "")
        .digest("base64url");
      const known = Buffer.from(`glossator:${provider.secret}`).toString("base64");
      if (asked?.challenge !== challenge || request.headers.authorization !== `Basic ${known}`) {
        response.statusCode = 400;
        return json(response, { error: "invalid_grant" });
      }
      codes.delete(given.get("code") ?? "");
      return json(response, { access_token: "x", token_type: "Bearer", id_token: proof(asked.nonce) });
    },
  };

  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? "", "http://localhost").pathname];
    if (page) return void page(request, response);
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider.stop = () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return provider;
}

function json(response: ServerResponse, value: unknown) {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(value));
}

async function body(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}

function escaped(address: URL): string {
  return address.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
