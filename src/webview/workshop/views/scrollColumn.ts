import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ElementPart } from 'lit';
import type { WorkshopShown } from '../shown.ts';
import { followEnd, type ColumnPlaces, type EndFollower } from '../../shared/endFollower.ts';

/** Nearer to the top than this (pixels), what is before is fetched. */
const nearTop = 400;

interface ColumnOptions {
	/** Names the column among those whose place is remembered. */
	place: string;
	/** Where it begins when nothing is remembered; at the end when absent. */
	start?: number | undefined;
	/** It has grown to its end. A reader who followed it goes on at its beginning. */
	whole?: boolean;
	/** The reader comes near the top. */
	onTop?: () => void;
	/** What stands first; where another comes before it, what is read keeps its place. */
	first?: unknown;
	/** How a place is remembered; in pixels from the top when absent. */
	places?: (scroller: HTMLElement) => ColumnPlaces;
}

/** Attaches `followEnd` to a column, whose one child is what grows. */
class FollowDirective extends AsyncDirective {
	#follower: EndFollower | undefined;
	#first: unknown;
	/** What stood first when what is before it was asked for. */
	#asked: unknown;
	#attached = false;
	/** It was seen while it grew. */
	#grew = false;

	render(_app: WorkshopShown, _options: ColumnOptions): unknown {
		return undefined;
	}

	override update(
		part: ElementPart,
		[page, { place, start, whole, onTop, first, places }]: [WorkshopShown, ColumnOptions],
	): void {
		// The content is drawn after this.
		if (first !== this.#first) {
			this.#first = first;
			this.#follower?.hold();
		}
		if (whole && this.#grew && page.intent.scroll[place] === undefined) {
			this.#follower?.toStart();
		}
		this.#grew = whole === false;
		const scroller = part.element as HTMLElement;
		if (this.#attached) {
			return;
		}
		this.#attached = true;
		// Its content is in the page one frame later.
		requestAnimationFrame(() => {
			const content = scroller.firstElementChild;
			if (!this.isConnected || !(content instanceof HTMLElement)) {
				return;
			}
			const onMove = (now: number | undefined) => {
				const { [place]: old, ...others } = page.intent.scroll;
				const scroll = now === undefined ? others : { ...others, [place]: now };
				// Only leaving or reaching the end changes the picture.
				if ((now === undefined) === (old === undefined)) {
					page.rememberIntent({ scroll });
				} else {
					page.setIntent({ scroll });
				}
				if (onTop && now !== undefined && scroller.scrollTop < nearTop) {
					// At the very top the browser would not keep what is read in its place.
					scroller.scrollTop = Math.max(1, scroller.scrollTop);
					if (this.#asked !== this.#first) {
						this.#asked = this.#first;
						onTop();
					}
				}
			};
			const from = page.intent.scroll[place] ?? start;
			this.#follower = followEnd(scroller, content, from, onMove, places?.(scroller));
			scroller.addEventListener('to-end', () => this.#follower?.toEnd());
		});
	}

	override disconnected(): void {
		this.#follower?.dispose();
		this.#follower = undefined;
		this.#attached = false;
	}
}

const follow = directive(FollowDirective);

/** A column that follows its end while it grows, with a button back to the end where the reader is elsewhere. */
export function scrollColumn(page: WorkshopShown, options: ColumnOptions, content: TemplateResult): unknown {
	const { place } = options;
	const away = page.intent.scroll[place] !== undefined;
	const toEnd = (event: Event) =>
		(event.currentTarget as HTMLElement).previousElementSibling?.dispatchEvent(new CustomEvent('to-end'));
	return keyed(
		place,
		html`<div class="column">
			<div class="scroll" ${follow(page, options)}>${content}</div>
			<button
				class="to-end icon-button"
				?hidden=${!away}
				title=${l10n.t('Jump to latest')}
				aria-label=${l10n.t('Jump to latest')}
				@click=${toEnd}
			>
				<span class="codicon codicon-arrow-down" aria-hidden="true"></span>
			</button>
		</div>`,
	);
}
