/** Percent of the room that the part before a splitter may take; without a choice of the user it takes what it needs up to the usual. */
const least = 10;
const most = 80;
export const usualShare = 40;
/** Percent that an arrow key moves. */
const step = 2;

/** Fired when the user moved a splitter; bubbles. `share`: percent of the room, undefined for the usual. */
export type SplitEvent = CustomEvent<{ share: number | undefined }>;

/**
 * The movable lower edge of the element before it, which gets the class `split-part`. The room that both share is the
 * nearest element around with the attribute `data-split-room`; it must be a size container.
 */
export class Splitter extends HTMLElement {
	#share: number | undefined;
	#part: HTMLElement | undefined;
	readonly #sizes = new ResizeObserver(() => this.#tell());

	/** What the user chose, in percent. */
	set share(share: number | undefined) {
		this.#share = share === undefined ? undefined : clamp(share);
		this.#apply();
	}

	/** Names the part that it resizes. */
	set label(label: string) {
		this.setAttribute('aria-label', label);
	}

	connectedCallback(): void {
		this.tabIndex = 0;
		this.setAttribute('role', 'separator');
		this.setAttribute('aria-orientation', 'horizontal');
		this.setAttribute('aria-valuemin', String(least));
		this.setAttribute('aria-valuemax', String(most));
		this.addEventListener('keydown', this.#onKey);
		this.addEventListener('dblclick', this.#reset);
		this.addEventListener('pointerdown', this.#onPointer);
		this.#part = this.previousElementSibling instanceof HTMLElement ? this.previousElementSibling : undefined;
		this.#apply();
	}

	disconnectedCallback(): void {
		this.#sizes.disconnect();
		this.#part?.classList.remove('split-part', 'split-sized');
		this.#part = undefined;
		this.removeEventListener('keydown', this.#onKey);
		this.removeEventListener('dblclick', this.#reset);
		this.removeEventListener('pointerdown', this.#onPointer);
	}

	get #room(): number {
		return this.closest<HTMLElement>('[data-split-room]')?.clientHeight ?? window.innerHeight;
	}

	#apply(): void {
		const part = this.#part;
		if (!part) {
			return;
		}
		part.classList.add('split-part');
		part.classList.toggle('split-sized', this.#share !== undefined);
		part.style.setProperty('--share', String(this.#share ?? usualShare));
		this.#sizes.disconnect();
		this.#sizes.observe(part);
		this.#tell();
	}

	/** Tells how much the part takes now. */
	#tell(): void {
		const height = this.#part?.offsetHeight ?? 0;
		this.setAttribute('aria-valuenow', String(clamp(Math.round((100 * height) / Math.max(1, this.#room)))));
	}

	#move(share: number | undefined): void {
		this.share = share;
		this.dispatchEvent(new CustomEvent('split', { bubbles: true, detail: { share: this.#share } }));
	}

	readonly #reset = (): void => this.#move(undefined);

	readonly #onKey = (event: KeyboardEvent): void => {
		const now = this.#share ?? Number(this.getAttribute('aria-valuenow'));
		const next = { ArrowUp: now - step, ArrowDown: now + step, Home: least, End: most }[event.key];
		if (next !== undefined) {
			event.preventDefault();
			this.#move(next);
		} else if (event.key === 'Enter') {
			this.#reset();
		}
	};

	readonly #onPointer = (event: PointerEvent): void => {
		const part = this.#part;
		if (event.button !== 0 || !part) {
			return;
		}
		event.preventDefault();
		this.focus();
		this.setPointerCapture(event.pointerId);
		const offset = event.clientY - part.getBoundingClientRect().bottom;
		const drag = (moved: PointerEvent) => {
			const height = moved.clientY - offset - part.getBoundingClientRect().top;
			this.#move((100 * height) / Math.max(1, this.#room));
		};
		this.addEventListener('pointermove', drag);
		this.addEventListener('lostpointercapture', () => this.removeEventListener('pointermove', drag), {
			once: true,
		});
	};
}

function clamp(share: number): number {
	return Math.min(most, Math.max(least, share));
}

customElements.define('pw-splitter', Splitter);

declare global {
	interface HTMLElementTagNameMap {
		'pw-splitter': Splitter;
	}
}
