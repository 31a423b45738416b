/** What the thread of a relay device is started with. */
export interface RelayThreadStart {
  readonly namespace: string | undefined;
  /** Of the device. */
  readonly name: string;
}
