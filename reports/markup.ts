import { escapeMarkup } from "./plain-text.ts";

/** Attribute values; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element of SVG or HTML with children that are markup already; attributes are escaped here. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? "" : ` ${key}="${attribute(value)}"`,
  );
  return `<${name}${written.join("")}>${children.join("")}</${name}>`;
}

/** A coordinate as short as it can be without being seen to move: a tenth of a unit. */
export function coordinate(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}

function attribute(value: string | number): string {
  return typeof value === "number" ? coordinate(value) : escapeMarkup(value, 20_000);
}
