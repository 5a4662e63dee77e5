import { catalogPage } from "./catalog-page.ts";
import { guaranteesPage } from "./guarantees-page.ts";

/** Every generated page: its path in the repository and what makes its text. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  "docs/CATALOG.md": catalogPage,
  "docs/GUARANTEES.md": guaranteesPage,
};
