import { html, svg, type TemplateResult } from 'lit';
import type { Interval } from '../../common/comparison.ts';

/** One rate of a strip, with its interval as an error bar. */
export interface StripPoint {
	/** What is opened. */
	key: string;
	series: string;
	/** Shares from 0 to 1. */
	rate: number;
	interval: Interval;
	title: string;
}

const step = 12;
const height = 44;

/**
 * A small chart for a row of a table: pass rates, oldest first, with their intervals, on a scale from 0 to 100 %. Each point is
 * a button; the Tab key reaches the newest one, and arrow keys move between them.
 */
export function rateStrip({
	label,
	points,
	open,
}: {
	label: string;
	points: readonly StripPoint[];
	open: (key: string) => void;
}): TemplateResult {
	const series = [...new Set(points.map((point) => point.series))];
	const width = points.length * step + 4;
	return html`<svg
		class="strip"
		viewBox="0 0 ${width} ${height}"
		width=${width}
		height=${height}
		role="group"
		aria-label=${label}
		@keydown=${moveFocus}
	>
		<path class="chart-grid" d="M0 ${yOf(1)}H${width}M0 ${yOf(0)}H${width}" />
		${points.map(({ key, series: name, rate, interval: [low, high], title }, at) => {
			const x = 2 + (at + 0.5) * step;
			const press = (event: KeyboardEvent) => {
				if (event.key === 'Enter' || event.key === ' ') {
					event.preventDefault();
					open(key);
				}
			};
			return svg`<g
				class="chart-point chart-${series.indexOf(name) % 4}"
				role="button"
				tabindex=${at === points.length - 1 ? 0 : -1}
				aria-label=${title}
				@click=${() => open(key)}
				@keydown=${press}
			>
				<title>${title}</title>
				<rect class="chart-target" x=${x - step / 2} y="0" width=${step} height=${height} />
				<path class="chart-bar" d="M${x} ${yOf(low)}V${yOf(high)}" />
				<circle class="chart-shape" cx=${x} cy=${yOf(rate)} r="3" />
			</g>`;
		})}
	</svg>`;
}

function moveFocus(event: KeyboardEvent): void {
	const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
	const strip = event.currentTarget;
	if (by !== undefined && strip instanceof Element) {
		const points = [...strip.querySelectorAll<SVGElement>('.chart-point')];
		const next = points[points.findIndex((point) => point === document.activeElement) + by];
		next?.focus();
		event.preventDefault();
	}
}

function yOf(share: number): number {
	return Number((3 + (1 - share) * (height - 6)).toFixed(2));
}
