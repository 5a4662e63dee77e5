export { bootComposeWorld } from "./compose-world.ts";
