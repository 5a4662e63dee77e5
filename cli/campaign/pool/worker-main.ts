import { simulateTrial } from "../../simulate/simulate-trial.ts";
import { serveRecipes } from "./serve-recipes.ts";

/** The process behind a campaign's worker: simulates the recipes that its parent sends. */
serveRecipes(simulateTrial);
