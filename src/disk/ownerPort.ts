/** How windows on one machine reach each other: an endpoint that the kernel closes when its process ends. */
export interface OwnerPort {
	/** Name of this machine; windows on another one cannot be asked. */
	readonly host: string;
	/** Changes with every boot of the machine; empty if the system does not provide it. */
	readonly boot: string;
	/**
	 * Listens at a new short address. `onAsked` is called for every window that wants the ownership: it returns true when
	 * the ownership was released, false when there was nothing to release; if it throws, that counts as no answer.
	 */
	listen(onAsked: () => Promise<boolean>): Promise<Listener>;
	/**
	 * `handOver` asks the window at `address` to release the ownership; `ping` asks only whether it lives.
	 * `released`: it has released (or, for a ping, it answers); `dropped`: it lives but no longer counts itself as the
	 * owner; `dead`: nobody listens; `silent`: no answer within `timeoutMs`, though the address is taken; `closed`: the
	 * connection ended without an answer, ask again; `foreign`: no window of ours can be at that address, nobody was asked.
	 */
	ask(address: string, question: Question, timeoutMs: number): Promise<Answer>;
}

export type Question = 'handOver' | 'ping';
export type Answer = 'released' | 'dropped' | 'dead' | 'silent' | 'closed' | 'foreign';

export interface Listener {
	address: string;
	close(): Promise<void>;
}
