/** Tells a target of one event. */
export interface Courier {
  /** @param body the event, one line of JSON. @throws why the target has not been told */
  tell(body: string): Promise<void>;
  /** Ends the attempt that is under way. */
  stop(): void;
}
