import type { Bytes } from "../../bytes.ts";
import { command, container, keyless, type Command } from "../command.ts";
import type { Reply } from "../reply.ts";
import { unsimulated, unsimulatedIn } from "./unsimulated.ts";

/** COMMAND, which clients ask where the keys of a command stand. */
export function introspectionOf(tableOf: () => ReadonlyMap<Bytes, Command>): Command {
  const all = (): Command[] => [...tableOf().values()];
  const subcommands = container("command", [
    command("count", 2, keyless, () => all().length),
    command("list", -2, keyless, ([, , ...filters]) => {
      if (filters.length > 0) throw unsimulated("command|list filterby");
      return all().map(({ name }) => name);
    }),
    command("info", -2, keyless, ([, , ...names]) =>
      names.length === 0 ? all().map(describe) : names.map((name) => describe(tableOf().get(name.toLowerCase()))),
    ),
    ...unsimulatedIn("command", { docs: -2, getkeys: -4, getkeysandflags: -4, help: 2 }),
  ]);
  return { ...subcommands, arity: -1, run: () => all().map(describe) };
}

/** Without the parts that no client of ours reads: ACL categories, tips and key specifications. */
function describe(found: Command | undefined): Reply {
  if (!found) return null;
  const { name, arity, flags, keys, subcommands } = found;
  return [name, arity, flags, ...keys, [], [], [], [...(subcommands?.values() ?? [])].map(describe)];
}
