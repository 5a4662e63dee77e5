import { nearestNames, exitCodes, ownEntry, UsageError } from "../../core/mod.ts";
import { catalogs, type CatalogEntry } from "../catalog.ts";
import type { AddCommand } from "../command.ts";

/** `seatrial list scenarios|suites|faults|checks|safeguards|situations|sections|measures|metrics|settings` */
export const addList: AddCommand = (program, console, run) => {
  program
    .command("list")
    .description(`Show what there is: ${Object.keys(catalogs).join(", ")}.`)
    .argument("[kind]", Object.keys(catalogs).join("|"), "")
    .option("--json", "print one JSON array")
    .action((kind: string, options: { json?: boolean }) =>
      run(
        (async () => {
          const entries = entriesOf(kind);
          console.out(options.json ? JSON.stringify(entries) : table(entries, console.columns));
          return exitCodes.passed;
        })(),
      ),
    );
};

function entriesOf(kind: string): readonly CatalogEntry[] {
  const catalog = ownEntry(catalogs, kind);
  if (catalog) return catalog();
  const nearest = kind === "" ? [] : nearestNames(kind, Object.keys(catalogs));
  throw new UsageError(
    kind === "" ? "What shall be listed?" : `Cannot list "${kind}"`,
    `one of: ${(nearest.length > 0 ? nearest : Object.keys(catalogs)).join(", ")}`,
  );
}

function table(entries: readonly CatalogEntry[], columns: number): string {
  const width = Math.max(...entries.map((entry) => entry.name.length)) + 2;
  return entries.map(({ name, doc }) => row(name, doc, width, columns)).join("\n");
}

function row(name: string, doc: string, width: number, columns: number): string {
  if (width > columns / 2) return `${name}\n${wrap(doc, columns - 4, "    ")}`;
  return name.padEnd(width) + wrap(doc, columns - width, " ".repeat(width)).trimStart();
}

function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line) => indent + line).join("\n");
}
