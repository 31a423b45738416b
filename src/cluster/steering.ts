import { overlap4, overlap6, parsePrefix4, parsePrefix6 } from '../net/prefix.ts';
import type { ClusterConfig, InstanceConfig } from './schema.ts';

/**
 * Default routing table numbers: this, plus the position of the instance in the file, from 1. No default configuration
 * uses such numbers.
 */
const FIRST_TABLE = 64_000;
/** Priorities of the rules: before the main table (32766), after local addresses (0). */
const FIRST_PRIORITY = 6400;

/** The routing table of an instance that has `clients`. */
export function routingTableOf({ instances }: ClusterConfig, name: string): number {
  return instances[name]?.routingTable ?? FIRST_TABLE + placeOf(instances, name);
}

/** The priority of its rules, different for each instance. */
export function rulePriorityOf({ instances }: ClusterConfig, name: string): number {
  return FIRST_PRIORITY + placeOf(instances, name);
}

/**
 * Whether another instance in the same namespace serves all other clients, with an overlapping pool6 and destinations.
 */
export function servesTheRest({ instances }: ClusterConfig, name: string): boolean {
  const instance = instances[name];
  if (instance === undefined) return false;
  return Object.values(instances).some(
    (other) => other.clients.length === 0 && other.namespace === instance.namespace && overlaps(instance, other),
  );
}

function placeOf(instances: ClusterConfig['instances'], name: string): number {
  return Object.keys(instances).indexOf(name) + 1;
}

function overlaps(one: InstanceConfig, other: InstanceConfig): boolean {
  const [mine, others] = [pools6(one), pools6(other)];
  const [parts, otherParts] = [destinations(one), destinations(other)];
  return (
    mine.some((a) => others.some((b) => overlap6(a, b))) && parts.some((a) => otherParts.some((b) => overlap4(a, b)))
  );
}

function pools6({ pool6 }: InstanceConfig): NonNullable<ReturnType<typeof parsePrefix6>>[] {
  return pool6.flatMap((text) => parsePrefix6(text) ?? []);
}

function destinations(instance: InstanceConfig): NonNullable<ReturnType<typeof parsePrefix4>>[] {
  const texts = instance.kind === 'nat64' ? instance.destinations : ['0.0.0.0/0'];
  return texts.flatMap((text) => parsePrefix4(text) ?? []);
}
