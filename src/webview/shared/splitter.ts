/** Percent of the height that the part before a splitter may take. By default it takes what it needs, up to `usualShare`. */
const minShare = 10;
const maxShare = 80;
const usualShare = 40;
/** How far an arrow key moves the splitter, in percent. */
const step = 2;

/** Fired when the user moved a splitter; bubbles. `share`: percent of the height, undefined for the default. */
export type SplitEvent = CustomEvent<{ share: number | undefined }>;

/**
 * The draggable lower edge of the element before it, which gets the class `split-part`. Shares are percentages of the
 * height of the nearest ancestor with the attribute `data-split-room`, which must be a size container.
 */
export class Splitter extends HTMLElement {
	#share: number | undefined;
	#part: HTMLElement | undefined;
	readonly #sizes = new ResizeObserver(() => this.#updateValue());

	/** What the user chose, in percent. */
	set share(share: number | undefined) {
		this.#share = share === undefined ? undefined : clamp(share);
		this.#apply();
	}

	/** The accessible name, which says what is resized. */
	set label(label: string) {
		this.setAttribute('aria-label', label);
	}

	connectedCallback(): void {
		this.tabIndex = 0;
		this.setAttribute('role', 'separator');
		this.setAttribute('aria-orientation', 'horizontal');
		this.setAttribute('aria-valuemin', String(minShare));
		this.setAttribute('aria-valuemax', String(maxShare));
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
		this.#updateValue();
	}

	/** Updates the value that a screen reader reads. */
	#updateValue(): void {
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
		const next = { ArrowUp: now - step, ArrowDown: now + step, Home: minShare, End: maxShare }[event.key];
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
	return Math.min(maxShare, Math.max(minShare, share));
}

customElements.define('pw-splitter', Splitter);

declare global {
	interface HTMLElementTagNameMap {
		'pw-splitter': Splitter;
	}
}
