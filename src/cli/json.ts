/**
 * A value as JSON with every field. A decoded message has only the fields that were sent as own properties; defaults
 * (zero, false, empty) are in its prototype, and must be part of the JSON as well.
 * @param space as for JSON.stringify
 */
export function toJson(value: unknown, space?: number): string {
  return JSON.stringify(complete(value), null, space);
}

function complete(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(complete);
  const fields: Record<string, unknown> = {};
  // Includes inherited properties: the defaults of a message.
  for (const name in value) {
    const field: unknown = Reflect.get(value, name);
    if (typeof field !== 'function') fields[name] = complete(field);
  }
  return fields;
}

/** A message with additional or replaced fields, which come first. */
export function withFields(message: object, fields: object): object {
  const joined = { ...fields };
  Object.setPrototypeOf(joined, message);
  return joined;
}
