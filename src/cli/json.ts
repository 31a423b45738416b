/**
 * A value as JSON with every field. A decoded message has those that were sent; what was not is zero, false or empty,
 * and stands in its prototype: a program that reads the JSON must not have to know that.
 * @param space as JSON.stringify(3) has it
 */
export function toJson(value: unknown, space?: number): string {
  return JSON.stringify(complete(value), null, space);
}

function complete(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(complete);
  const fields: Record<string, unknown> = {};
  // With what is inherited: the defaults of a message.
  for (const name in value) {
    const field: unknown = Reflect.get(value, name);
    if (typeof field !== 'function') fields[name] = complete(field);
  }
  return fields;
}

/** A message with other fields before its own, or in place of them. */
export function withFields(message: object, fields: object): object {
  const joined = { ...fields };
  Object.setPrototypeOf(joined, message);
  return joined;
}
