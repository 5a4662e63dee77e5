/** A request as it travels: whole. */
export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** An answer as it travels: whole. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** About as many bytes as a request's or an answer's first line and headers take. */
export const headBytes = 200;
