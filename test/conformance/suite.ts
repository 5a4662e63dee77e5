/** How far a comparison goes. */
export interface ConformanceOptions {
  /** At least so many commands or steps. */
  readonly commands: number;
  readonly seed: number;
  /** Called now and then with how many were carried out so far. */
  onProgress(commands: number): void;
}

/** What a comparison of an engine with its real server came to. */
export interface ConformanceResult {
  readonly commands: number;
  /** The first difference, made as small as it gets, as a person reads it; nothing when there is none. */
  readonly divergence: string | undefined;
}

/** One engine and its real server. */
export interface ConformanceSuite {
  readonly title: string;
  run(options: ConformanceOptions): Promise<ConformanceResult>;
}
