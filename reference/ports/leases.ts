/** A term of leadership. */
export interface Leadership {
  /** Grows with every term: a write that carries an older one is refused. */
  readonly epoch: number;
  /** Aborts when the term ends: the lease was lost, could not be renewed in time, or the campaign is over. */
  readonly signal: AbortSignal;
}

/** What to lead, and how. */
export interface CampaignOptions {
  /** Redis key, such as `cordum:reconciler:default`. */
  readonly key: string;
  readonly ttlMs: number;
  /** Ends the campaign, and the term with it; the lease is given up at once. */
  readonly signal: AbortSignal;
}

/** Leases: one replica at a time does a job that must not be done twice at once. */
export interface Leases {
  /**
   * Campaigns until the signal aborts. Whenever this replica holds the lease, runs `lead` once for the term;
   * it should return soon after its signal aborts.
   */
  campaign(options: CampaignOptions, lead: (leadership: Leadership) => Promise<void>): Promise<void>;
}
