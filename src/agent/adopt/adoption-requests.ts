import { ControlError } from '../control/control-error.ts';
import type { ChangeAdoptionRequest, LoadForeignReply, LoadForeignRequest, Outcome } from '../control/messages.ts';
import type { Adoption } from './adoption.ts';
import type { AdoptingInstance, AdoptionDuty } from './adoption-duty.ts';

/** Requests of the operator concerning import from and export to Jool. */
export class AdoptionRequests {
  readonly #instances: readonly AdoptingInstance[];
  readonly #duty: Pick<AdoptionDuty, 'done'>;

  constructor(instances: readonly AdoptingInstance[], duty: Pick<AdoptionDuty, 'done'>) {
    this.#instances = instances;
    this.#duty = duty;
  }

  /** @throws ControlError */
  load({ instance, rows }: LoadForeignRequest): LoadForeignReply {
    return adoptionOf(this.#one(instance, ({ foreign }) => foreign.adoption !== undefined, 'adopt')).load(rows);
  }

  /** @throws ControlError */
  change({ instance, action }: ChangeAdoptionRequest): Outcome {
    if (action === 'advertise') {
      const one = this.#one(instance, ({ foreign }) => foreign.exporting !== undefined, 'export');
      one.foreign.exporting?.advertise();
      const text = `instance ${one.name} sends the standby all sessions of this node`;
      return { done: true, code: 'export-advertised', text };
    }
    const one = this.#one(instance, ({ foreign }) => foreign.adoption !== undefined, 'adopt');
    if (action === 'done') return this.#duty.done(one);
    if (action !== 'listen') throw new ControlError(`${JSON.stringify(action)} is not done, listen or advertise`);
    adoptionOf(one).listen();
    return { done: true, code: 'adoption-listening', text: `instance ${one.name} listens` };
  }

  /** The named instance, or the only one that has the option. @throws ControlError */
  #one(name: string, has: (one: AdoptingInstance) => boolean, option: string): AdoptingInstance {
    const able = this.#instances.filter(has);
    const names = able.map((one) => one.name).join(', ');
    if (able.length === 0) throw new ControlError(`no instance has the option ${option} in the cluster file`);
    if (name === '' && able.length > 1)
      throw new ControlError(`several instances have ${option}: choose one, ${names}`);
    const found = name === '' ? able[0] : able.find((one) => one.name === name);
    if (found === undefined) throw new ControlError(`instance ${name} does not have ${option}; these do: ${names}`);
    return found;
  }
}

function adoptionOf({ name, foreign }: AdoptingInstance): Adoption {
  if (foreign.adoption === undefined) throw new ControlError(`instance ${name} does not have the option adopt`);
  return foreign.adoption;
}
