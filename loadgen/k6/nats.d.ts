/** The extension in `loadgen/k6/nats`, which `doctor --fix` builds into k6. */
declare module "k6/x/nats" {
  /** What became of a message. */
  interface Receipt {
    /** Stream sequence number; 0 when there is no receipt. */
    readonly sequence: number;
    readonly duplicate: boolean;
    readonly tookMs: number;
    /** Empty when the stream has the message. */
    readonly error: string;
  }

  /** Publishes to a JetStream subject, with a message id, and waits for the stream's receipt. Never throws. */
  function publish(url: string, subject: string, id: string, body: string, timeoutMs: number): Receipt;

  const nats: { publish: typeof publish };
  export default nats;
}
