/** Tells a person what goes on, on stderr: a live line on a terminal, plain lines otherwise. */
export interface Progress {
  /** A milestone: stays. */
  step(line: string): void;
  /** The state of something long: replaces the one before it, on a terminal; otherwise shown every ten seconds. */
  live(line: string): void;
  /** Clears the live line. */
  done(): void;
}

const plainLiveEveryMs = 10_000;

/** Progress for a stream; silent when asked to be. */
export function openProgress(stream: NodeJS.WriteStream, quiet = false): Progress {
  if (quiet) return { step: () => {}, live: () => {}, done: () => {} };
  return stream.isTTY ? terminalProgress(stream) : plainProgress(stream);
}

function terminalProgress(stream: NodeJS.WriteStream): Progress {
  const clear = "\r\u001b[K";
  return {
    step: (line) => stream.write(`${clear}${line}\n`),
    live: (line) => stream.write(`${clear}${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`),
    done: () => stream.write(clear),
  };
}

function plainProgress(stream: NodeJS.WriteStream): Progress {
  let lastLiveAt = performance.now();
  return {
    step: (line) => stream.write(`${line}\n`),
    live: (line) => {
      if (performance.now() - lastLiveAt < plainLiveEveryMs) return;
      lastLiveAt = performance.now();
      stream.write(`${line}\n`);
    },
    done: () => {},
  };
}
