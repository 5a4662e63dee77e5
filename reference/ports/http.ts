import type { FastifyInstance } from "fastify";

/** Where a replica is reached. */
export interface HttpHost {
  /** Takes requests for a Fastify app. @throws EnvironmentError `port_in_use`, `cannot_listen` */
  serveApp(app: FastifyInstance, address: HttpAddress): Promise<Served>;
  /** Takes requests for a few pages. @throws EnvironmentError `port_in_use`, `cannot_listen` */
  servePages(answer: (path: string) => Promise<Page>, address: HttpAddress): Promise<Served>;
}

/** Where to listen. */
export interface HttpAddress {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** A page, whole. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Something that is being served. */
export interface Served {
  /** Base URL. */
  readonly url: string;
  /**
   * Takes no new connection, and resolves when the last request has been answered. Pages are short and may be asked
   * for again: requests for them are not waited for. Closing twice is closing once.
   */
  close(): Promise<void>;
  /** Hangs up on everyone. */
  cutOff(): void;
}
