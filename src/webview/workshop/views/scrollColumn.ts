import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ElementPart } from 'lit';
import type { WorkshopShown } from '../shown.ts';
import { followEnd, type ColumnPlaces, type EndFollower } from '../../shared/endFollower.ts';

/** Earlier content is fetched when the reader is nearer to the top than this, in pixels. */
const nearTop = 400;

interface ColumnOptions {
	/** Identifies the column among those whose place is remembered. */
	place: string;
	/** Where the column begins if no place is remembered; at the end if absent. */
	start?: number | undefined;
	/** Whether the content is complete. A reader who followed it is then taken to its beginning. */
	complete?: boolean;
	/** Called when the reader comes near the top. */
	onTop?: () => void;
	/** Identifies the first item. When another one comes before it, what the reader sees stays in place. */
	first?: unknown;
	/** How a place is remembered; as pixels from the top if absent. */
	places?: (scroller: HTMLElement) => ColumnPlaces;
}

/** Attaches `followEnd` to a column, whose only child is the content that grows. */
class FollowDirective extends AsyncDirective {
	#follower: EndFollower | undefined;
	#first: unknown;
	/** The first item when earlier content was last requested. */
	#requested: unknown;
	#attached = false;
	/** Whether the column was drawn while its content was growing. */
	#grew = false;

	render(_app: WorkshopShown, _options: ColumnOptions): unknown {
		return undefined;
	}

	override update(
		part: ElementPart,
		[page, { place, start, complete, onTop, first, places }]: [WorkshopShown, ColumnOptions],
	): void {
		// The content is drawn only after this method.
		if (first !== this.#first) {
			this.#first = first;
			this.#follower?.hold();
		}
		if (complete && this.#grew && page.intent.scroll[place] === undefined) {
			this.#follower?.toStart();
		}
		this.#grew = complete === false;
		const scroller = part.element as HTMLElement;
		if (this.#attached) {
			return;
		}
		this.#attached = true;
		// The content is in the page one frame later.
		requestAnimationFrame(() => {
			const content = scroller.firstElementChild;
			if (!this.isConnected || !(content instanceof HTMLElement)) {
				return;
			}
			const onMove = (now: number | undefined) => {
				const { [place]: old, ...others } = page.intent.scroll;
				const scroll = now === undefined ? others : { ...others, [place]: now };
				// Only leaving or reaching the end changes what is drawn.
				if ((now === undefined) === (old === undefined)) {
					page.rememberIntent({ scroll });
				} else {
					page.setIntent({ scroll });
				}
				if (onTop && now !== undefined && scroller.scrollTop < nearTop) {
					// At the very top, the browser would not keep the content in view in place.
					scroller.scrollTop = Math.max(1, scroller.scrollTop);
					if (this.#requested !== this.#first) {
						this.#requested = this.#first;
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

/** A column that follows its end while it grows, with a button back to the end if the reader is elsewhere. */
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
