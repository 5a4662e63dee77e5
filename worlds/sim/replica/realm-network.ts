import type { Connection, Host, Kernel, Listening, Network, Peer, Realm } from "../../../sim/mod.ts";

/** A host whose code runs in a realm. */
export interface RealmHost extends Host {
  readonly realm: Realm;
}

/**
 * The network as the code in one realm reaches it. A dead realm reaches nothing, though the event in which it died may
 * run to its end; what one says that has just been paused is said when it goes on.
 */
export class RealmNetwork {
  readonly host: RealmHost;
  readonly #kernel: Kernel;
  readonly #network: Network;

  constructor(kernel: Kernel, network: Network, host: RealmHost) {
    this.#kernel = kernel;
    this.#network = network;
    this.host = host;
  }

  connect(to: string, peer: Peer): Connection {
    return this.host.realm.dead ? nowhere(to) : this.#guarded(this.#network.connect(this.host, to, peer));
  }

  listen(accept: (connection: Connection) => Peer): Listening {
    return this.#network.listen(this.host, (connection) => accept(this.#guarded(connection)));
  }

  /**
   * Lets a library do something for the realm in real time, as the world's own doing: virtual time stands still
   * meanwhile. The realm goes on in an event of its own.
   */
  outside(work: () => Promise<unknown>): Promise<void> {
    const kernel = this.#kernel;
    const { realm } = this.host;
    return new Promise((resolve, reject) => {
      const goOn = (settle: () => void): void => kernel.enter(realm, "back inside", settle);
      kernel.at(kernel.now(), "outside", () => {
        kernel.outside(work()).then(
          () => goOn(resolve),
          (error: Error) => goOn(() => reject(error)),
        );
      });
    });
  }

  #guarded(connection: Connection): Connection {
    const { realm } = this.host;
    return {
      from: connection.from,
      to: connection.to,
      get isOpen() {
        return connection.isOpen && !realm.dead;
      },
      send: (message, bytes, about) => this.#act(() => connection.send(message, bytes, about)),
      close: () => this.#act(() => connection.close()),
    };
  }

  #act(act: () => void): void {
    const { realm } = this.host;
    if (realm.state === "running") act();
    else if (realm.state === "paused") this.#kernel.enter(realm, "resumed", act);
  }
}

function nowhere(to: string): Connection {
  return { from: "", to, isOpen: false, send: () => {}, close: () => {} };
}
