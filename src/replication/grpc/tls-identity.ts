/** Credentials of a node towards other nodes: PEM texts. */
export interface TlsIdentity {
  /** The certificate authority of the cluster. */
  readonly ca: Buffer;
  /** The certificate of this node; its common name is the node's name. */
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** The node for which a certificate was issued; undefined: not stated. */
export function nodeOfCertificate(certificate: { readonly subject?: unknown } | undefined): string | undefined {
  const subject = certificate?.subject;
  if (typeof subject !== 'object' || subject === null || !('CN' in subject)) return undefined;
  return typeof subject.CN === 'string' ? subject.CN : undefined;
}
