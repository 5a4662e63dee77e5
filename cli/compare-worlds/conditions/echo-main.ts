import { createServer } from "node:net";

// The other end of a measurement of loopback: sends back whatever comes, for as long as its parent is there.
process.on("disconnect", () => process.exit());

const server = createServer({ noDelay: true }, (socket) => socket.on("error", () => socket.destroy()).pipe(socket));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
