/** Start parameters of the thread of a relay device. */
export interface RelayThreadStart {
  readonly namespace: string | undefined;
  /** Of the device. */
  readonly name: string;
}
