import type { Link } from "../../core/mod.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { Datagrams } from "./datagrams.ts";
import { Hosts } from "./hosts.ts";
import type { NetworkModel } from "./model.ts";
import type { Network } from "./network.ts";
import { SimulatedLink } from "./simulated-link.ts";
import { TcpConnection } from "./tcp-connection.ts";

const defaultInFlightMax = 100_000;
const defaultConnectionsMax = 10_000;

/** A network in virtual time. What one link draws from chance moves nothing on another. */
export function makeNetwork(kernel: Kernel, model: NetworkModel): Network {
  const { inFlightMax = defaultInFlightMax, connectionsMax = defaultConnectionsMax } = model;
  const links = new Map<string, SimulatedLink>();
  const hosts = new Hosts(kernel, connectionsMax);
  const datagrams = new Datagrams(kernel);

  const linkOf = (link: Link): SimulatedLink => {
    const key = `${link.from}/${link.to}`;
    let known = links.get(key);
    if (!known) links.set(key, (known = new SimulatedLink(link, model, (label) => kernel.random(label))));
    return known;
  };
  return {
    listen(host, accept) {
      return { stop: hosts.listen({ host, accept, stopped: false }) };
    },
    connect(from, to, peer) {
      const link = linkOf({ from: from.name, to });
      const connection = new TcpConnection({
        kernel,
        link,
        from,
        peer,
        number: (link.connectionsEver += 1),
        inFlightMax,
        listener: () => hosts.listenerAt(to),
        attach: (host, end) => hosts.attach(host, end),
        detach: (host, end) => hosts.detach(host, end),
      });
      connection.request();
      return connection.near;
    },
    disturb(link, disturbance) {
      const about = `${disturbance.kind} ${link.from} to ${link.to}`;
      kernel.trace.note(kernel.now(), "network", "disturb", about);
      const undo = linkOf(link).disturb(disturbance);
      let healed = false;
      return {
        heal() {
          if (!healed) {
            kernel.trace.note(kernel.now(), "network", "heal", about);
            undo();
          }
          healed = true;
          return Promise.resolve();
        },
      };
    },
    receive: (host, received) => datagrams.receive(host, received),
    post(from, to, message, bytes, about) {
      // What answers goes back on the link on which others ask.
      const asked = links.get(`${to}/${from.name}`);
      const link = asked ?? linkOf({ from: from.name, to });
      datagrams.post(link, asked ? link.back : link.there, { from: from.name, to, message, bytes, about });
    },
  };
}
