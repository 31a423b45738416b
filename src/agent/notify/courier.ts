/** Notifies a target of one event. */
export interface Courier {
  /** @param body the event, one line of JSON. @throws why the target could not be notified */
  tell(body: string): Promise<void>;
  /** Aborts the current attempt. */
  stop(): void;
}
