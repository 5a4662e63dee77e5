import { UsageError } from "../../../core/mod.ts";

/** Where NATS is and who we are there. */
export interface NatsAddress {
  /** `host:port` of each server. */
  readonly servers: readonly string[];
  readonly login: { readonly user?: string; readonly pass?: string; readonly token?: string };
  readonly tls: boolean;
  /** For logs and messages: without credentials. */
  readonly readable: string;
}

/**
 * Reads `NATS_URL`: one URL or several, separated by commas, of one cluster. A user without a password is a token.
 *
 * @throws UsageError when a URL cannot be read; its text is not repeated, since it may hold a password.
 */
export function readNatsUrl(text: string): NatsAddress {
  const urls = text.split(",").map((part) => parse(part.trim()));
  const servers = urls.map((url) => url.host);
  return {
    servers,
    login: loginOf(urls.find((url) => url.username !== "")),
    tls: urls.some((url) => url.protocol === "tls:"),
    readable: servers.map((server) => `nats://${server}`).join(","),
  };
}

function parse(text: string): URL {
  const url = URL.parse(text.includes("://") ? text : `nats://${text}`);
  if (url && url.host !== "" && (url.protocol === "nats:" || url.protocol === "tls:")) return url;
  throw new UsageError("NATS_URL cannot be read", `write it like "nats://127.0.0.1:4222"`);
}

function loginOf(url: URL | undefined): NatsAddress["login"] {
  if (!url) return {};
  const user = decodeURIComponent(url.username);
  return url.password === "" ? { token: user } : { user, pass: decodeURIComponent(url.password) };
}
