import type { OpenFile, DiskFiles } from '../../../src/disk/files.ts';

/** The same files as a process sees them that can be killed: after `kill` nothing of it reaches them any more. */
export function killable(files: DiskFiles): { files: DiskFiles; kill: () => void } {
	let killed = false;
	const alive = () => {
		if (killed) {
			throw new Error('The process was killed');
		}
	};
	const guard = <T extends DiskFiles | OpenFile>(target: T): T =>
		new Proxy(target, {
			get(object, property) {
				const member: unknown = Reflect.get(object, property);
				if (typeof member !== 'function') {
					return member;
				}
				const call = (args: unknown[]): unknown =>
					Reflect.apply(member as (...args: unknown[]) => unknown, object, args);
				if (property === 'listNow') {
					return (...args: unknown[]) => {
						alive();
						return call(args);
					};
				}
				return async (...args: unknown[]) => {
					alive();
					const result: unknown = await call(args);
					alive();
					return property === 'open' ? guard(result as OpenFile) : result;
				};
			},
		});
	return {
		files: guard(files),
		kill() {
			killed = true;
		},
	};
}
