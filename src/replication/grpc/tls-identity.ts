/** What a node shows other nodes, and by what it knows them: PEM texts. */
export interface TlsIdentity {
  /** The authority of the cluster. */
  readonly ca: Buffer;
  /** The certificate of this node; its common name is the node's name. */
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** The node that a certificate was made for; undefined when it does not say. */
export function nodeOfCertificate(certificate: { readonly subject?: unknown } | undefined): string | undefined {
  const subject = certificate?.subject;
  if (typeof subject !== 'object' || subject === null || !('CN' in subject)) return undefined;
  return typeof subject.CN === 'string' ? subject.CN : undefined;
}
