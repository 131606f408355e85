import type { Command } from './command.ts';

/** A command whose file is loaded when it is first called, so that it adds nothing to the entry of the extension. */
export function lazyCommand<Slice>(id: string, load: () => Promise<Command<Slice>>): Command<Slice> {
	return {
		id,
		async run(services, ...parameters) {
			return (await load()).run(services, ...parameters);
		},
	};
}
