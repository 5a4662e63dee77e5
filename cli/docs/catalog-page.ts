import { catalogs } from "../catalog.ts";

/** The text of docs/CATALOG.md: everything that `seatrial list` shows. */
export function catalogPage(): string {
  return [
    "# Catalog",
    "",
    "Everything that has a name. Generated from the registries by `npm run docs`; `npm run seatrial -- list <kind>` shows the same.",
    "",
    ...Object.entries(catalogs).flatMap(([kind, entries]) => [
      `## ${kind[0]?.toUpperCase()}${kind.slice(1)}`,
      "",
      "| name | what it is |",
      "| --- | --- |",
      ...entries().map(({ name, doc }) => `| \`${name}\` | ${doc.replaceAll("|", "\\|")} |`),
      "",
    ]),
  ].join("\n");
}
